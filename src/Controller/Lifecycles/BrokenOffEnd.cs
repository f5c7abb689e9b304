using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Makes ending a command and what follows it one operation, also for a daemon that is killed in between: the purpose is stored
/// before the command is ended, and whoever records the end does what follows (<see cref="EndRule"/>), in this daemon or the next. The
/// purpose of an operation that has failed is void.</summary>
internal static class BrokenOffEnd
{
    /// <summary>Runs an operation that ends the command of a sandbox, for a caller that has its turn.</summary>
    /// <param name="parts">The queue, and what is stored.</param>
    /// <param name="id">The sandbox.</param>
    /// <param name="purpose">What follows the end.</param>
    /// <param name="operation">Ends the command, and does what follows.</param>
    public static async Task<T> GuardAsync<T>(ControllerParts parts, SandboxId id, EndPurpose purpose, Func<Task<T>> operation)
    {
        await NoteAsync(parts, id, purpose);
        try
        {
            return await operation();
        }
        catch (Exception error) when (error is not OperationCanceledException) // then the controller ends, and the next one goes on
        {
            await TryForgetAsync(parts, id);
            throw;
        }
    }

    /// <summary>Takes out of the store what could not be taken out before. The caller has the queue's turn.</summary>
    /// <returns>Null, or why it cannot be taken out yet.</returns>
    public static async Task<string?> TryForgetStaleAsync(ControllerParts parts)
    {
        try
        {
            foreach (SandboxId id in parts.StalePurposes.Keys)
            {
                await NoteInQueueAsync(parts, id, null);
            }

            return null;
        }
        catch (CnmException error)
        {
            return error.Message;
        }
    }

    private static async Task TryForgetAsync(ControllerParts parts, SandboxId id)
    {
        try
        {
            await NoteAsync(parts, id, null);
        }
        catch (Exception error) when (error is CnmException or ObjectDisposedException)
        {
            parts.StalePurposes[id] = true;
            parts.LeftBehind();
        }
    }

    private static Task NoteAsync(ControllerParts parts, SandboxId id, EndPurpose? purpose) =>
        parts.Queue.RunAsync(() => NoteInQueueAsync(parts, id, purpose), CancellationToken.None);

    private static async Task<bool> NoteInQueueAsync(ControllerParts parts, SandboxId id, EndPurpose? purpose)
    {
        bool isNews = await parts.Runner.RunAsync(new NotePurpose(id, purpose), CancellationToken.None);
        parts.StalePurposes.TryRemove(id, out _);
        return isNews;
    }
}
