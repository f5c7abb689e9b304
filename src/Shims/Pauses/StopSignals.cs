using Net.Linux.Processes;
using Net.Shims.States;

namespace Net.Shims.Pauses;

/// <summary>Holds up processes by SIGSTOP, where there is no freezer. A process of the sandbox or of the host can undo that by
/// SIGCONT, and a job that a shell had stopped before goes on with the others.</summary>
internal sealed class StopSignals : IPauseMethod
{
    /// <inheritdoc/>
    public bool TryHold(ShimRecord record)
    {
        bool allAreStopped = true;
        IReadOnlyList<ProcessStatus> tree = SandboxTree.Read(record);
        foreach (ProcessStatus process in tree.Where(static process => !IsStopped(process)))
        {
            allAreStopped = false;
            Signals.Send(process.Id, Signals.Stop);
            foreach (ProcessStatus child in WaitedFor(process, tree))
            {
                Signals.Send(child.Id, Signals.Continue);
            }
        }

        return allAreStopped;
    }

    /// <inheritdoc/>
    /// <remarks>Children go on before their parents, so that no shell finds a job of its own stopped.</remarks>
    public bool TryRelease(ShimRecord record)
    {
        foreach (ProcessStatus process in SandboxTree.Read(record).Reverse().Where(IsStopped))
        {
            Signals.Send(process.Id, Signals.Continue);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Forget()
    {
    }

    // A process that waits for the child of its vfork(2) to execute a program stops only after that. Such a child, stopped before it came
    // to it, goes on until the next look.
    private static IEnumerable<ProcessStatus> WaitedFor(ProcessStatus process, IEnumerable<ProcessStatus> tree) =>
        process.State == 'D' ? tree.Where(child => child.ParentId == process.Id && IsStopped(child)) : [];

    // T: stopped by a signal; t: stopped by a tracer.
    private static bool IsStopped(ProcessStatus process) => process.State is 'T' or 't';
}
