using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Makes ending a command and what follows it one operation, also for a daemon that is killed in between: the purpose is stored
/// before the command is ended. The next daemon does what was to follow where the command has ended, and forgets it where it still
/// runs.</summary>
internal static class BrokenOffEnd
{
    /// <summary>Runs an operation that ends the command of a sandbox, for a caller that has its turn.</summary>
    /// <param name="parts">The queue, and what is stored.</param>
    /// <param name="id">The sandbox.</param>
    /// <param name="purpose">What follows the end.</param>
    /// <param name="operation">Ends the command, and does what follows.</param>
    public static async Task<T> GuardAsync<T>(ControllerParts parts, SandboxId id, EndPurpose purpose, Func<Task<T>> operation)
    {
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
            await NoteAsync(parts, id, null);
            throw;
        }
    }

    private static Task NoteAsync(ControllerParts parts, SandboxId id, EndPurpose? purpose) => parts.Queue.RunAsync(
        () => parts.Runner.RunAsync(new NotePurpose(id, purpose), CancellationToken.None), CancellationToken.None);
}
