using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Controller.Lifecycles;

/// <summary>Waits until something becomes of a sandbox.</summary>
internal sealed class SandboxWait(ControllerParts parts)
{
    /// <summary>Begins to wait. What happens after this has returned is not missed.</summary>
    /// <param name="reference">The sandbox.</param>
    /// <param name="condition">What is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting, the task that is returned as well.</param>
    /// <returns>A task that gives the exit code of the last command, once what is waited for has happened and all that follows it has been
    /// done; 0 for a sandbox that was never started.</returns>
    /// <exception cref="CnmException">NotFound: there is no such sandbox. The task throws Unavailable when an exit cannot be
    /// stored.</exception>
    public async Task<Task<int>> BeginAsync(string reference, WaitCondition condition, CancellationToken cancellationToken)
    {
        Sandbox known = parts.Model.Current.FindSandbox(reference);
        (Sandbox? now, Task<int>? end) = await LookAsync(known.Id, condition, cancellationToken);
        return WaitAsync(now ?? known, end, condition, cancellationToken);
    }

    private async Task<int> WaitAsync(Sandbox known, Task<int>? end, WaitCondition condition, CancellationToken cancellationToken)
    {
        while (end is not null)
        {
            try
            {
                return await end.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (end.IsCanceled)
            {
                // The command could not be started.
                (Sandbox? now, end) = await LookAsync(known.Id, condition, cancellationToken);
                known = now ?? known;
            }
        }

        return known.ExitCode ?? 0;
    }

    /// <summary>The sandbox, null when it is gone, and the task that ends with what is waited for, null when that has happened. Both are
    /// read in one turn of the queue, so they agree.</summary>
    private Task<(Sandbox? Sandbox, Task<int>? End)> LookAsync(
        SandboxId id, WaitCondition condition, CancellationToken cancellationToken) => parts.Queue.RunAsync(
        () =>
        {
            Sandbox? sandbox = parts.Model.Current.Find(id);
            return Task.FromResult((sandbox, sandbox is null ? null : FindEnd(sandbox, condition)));
        },
        cancellationToken);

    private Task<int>? FindEnd(Sandbox sandbox, WaitCondition condition)
    {
        if (condition == WaitCondition.Removed)
        {
            return parts.Watches.FindRemoval(sandbox.Id);
        }

        bool runs = sandbox.State == SandboxState.Running || sandbox.IsRestarting;
        if (condition == WaitCondition.NextExit && !runs)
        {
            parts.Watches.Expect(sandbox.Id);
        }

        return runs || condition == WaitCondition.NextExit ? parts.Watches.Find(sandbox.Id) : null;
    }
}
