using Net.Cnm.Errors;
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
        Look first = await LookAsync(known, condition, cancellationToken);
        return WaitAsync(first, condition, cancellationToken);
    }

    private async Task<int> WaitAsync(Look look, WaitCondition condition, CancellationToken cancellationToken)
    {
        while (look.End is { } end)
        {
            await Task.WhenAny(end, look.FailedStart ?? end).WaitAsync(cancellationToken);
            if (end.IsCompleted)
            {
                return await end;
            }

            look = await LookAsync(look.Sandbox, condition, cancellationToken);
        }

        return look.Sandbox.ExitCode ?? 0;
    }

    // All is read in one turn of the queue, so it agrees.
    private Task<Look> LookAsync(Sandbox known, WaitCondition condition, CancellationToken cancellationToken) => parts.Queue.RunAsync(
        () => Task.FromResult(parts.Model.Current.Find(known.Id) is { } sandbox ? LookAt(sandbox, condition) : new Look(known, null, null)),
        cancellationToken);

    private Look LookAt(Sandbox sandbox, WaitCondition condition)
    {
        bool runs = sandbox.State == SandboxState.Running || sandbox.IsRestarting;
        switch (condition)
        {
            case WaitCondition.Removed:
                return new Look(sandbox, parts.Watches.FindRemoval(sandbox.Id), null);
            case WaitCondition.NextExit:
                if (!runs)
                {
                    parts.Watches.Expect(sandbox.Id);
                }

                return new Look(sandbox, parts.Watches.Find(sandbox.Id), null);
            default:
                // One whose start fails does not run, unless its restart policy goes on to start it.
                return runs
                    ? new Look(sandbox, parts.Watches.Find(sandbox.Id), parts.Watches.FindFailedStart(sandbox.Id))
                    : new Look(sandbox, null, null);
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="Sandbox">The sandbox as it is, or was when it was last seen.</param>
    /// <param name="End">Ends with what is waited for; null when that has happened.</param>
    /// <param name="FailedStart">Ends when it is to be looked again; null when that is not necessary.</param>
    private sealed record Look(Sandbox Sandbox, Task<int>? End, Task? FailedStart);
}
