using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Makes ending a command and what follows it one operation, also for a daemon that is killed in between: the purpose is stored
/// before the command is ended, and the next daemon carries the operation to its end. An end that no operation follows up makes a stored
/// purpose void.</summary>
internal static class BrokenOffEnd
{
    /// <summary>Runs an operation that ends the command of a sandbox, for a caller that has its turn.</summary>
    /// <param name="parts">The queue, and what is stored.</param>
    /// <param name="id">The sandbox.</param>
    /// <param name="purpose">What follows the end.</param>
    /// <param name="operation">Ends the command, and does what follows.</param>
    public static async Task<T> GuardAsync<T>(ControllerParts parts, SandboxId id, EndPurpose purpose, Func<Task<T>> operation)
    {
        using IDisposable guard = parts.Guarded.Keep(id);
        if (parts.Model.Current.Find(id) is { State: SandboxState.Running, Process: not null })
        {
            await NoteAsync(parts, id, purpose);
        }

        try
        {
            return await operation();
        }
        catch
        {
            await TryForgetAsync(parts, id);
            throw;
        }
    }

    /// <summary>Takes out of the store what could not be taken out before. The caller has the queue's turn.</summary>
    /// <exception cref="CnmException">Unavailable: it cannot be written yet.</exception>
    public static async Task ForgetStaleAsync(ControllerParts parts)
    {
        foreach (SandboxId id in parts.StalePurposes.Keys.Where(id => !parts.Guarded.Contains(id)))
        {
            await parts.Runner.RunAsync(new NotePurpose(id, null), CancellationToken.None);
            parts.StalePurposes.TryRemove(id, out _);
        }
    }

    private static async Task TryForgetAsync(ControllerParts parts, SandboxId id)
    {
        try
        {
            await NoteAsync(parts, id, null);
        }
        catch (Exception error) when (error is CnmException or OperationCanceledException or ObjectDisposedException)
        {
            parts.StalePurposes[id] = true;
            parts.LeftBehind();
        }
    }

    private static Task NoteAsync(ControllerParts parts, SandboxId id, EndPurpose? purpose) => parts.Queue.RunAsync(
        () => parts.Runner.RunAsync(new NotePurpose(id, purpose), CancellationToken.None), CancellationToken.None);
}
