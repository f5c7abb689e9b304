using System.Text;

using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Linux.Cgroups;
using Net.Shims.States;

namespace Net.Shims.Pauses;

/// <summary>Holds up the processes of sandboxes and lets them go on. By which method is in a file beside the shim, so that another daemon
/// lets go on what this one has held up.</summary>
/// <param name="directory">EXEC_ROOT/shims.</param>
/// <param name="time">The clock.</param>
internal sealed class SandboxPauses(string directory, TimeProvider time)
{
    private const string BySignals = "signals";

    /// <summary>How long the processes have to stop and to go on. One that waits for a disk or a server stops when that answers.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Holds up all processes of a sandbox. Nothing changes when they are held up already.</summary>
    /// <exception cref="CnmException">Conflict: the sandbox has no shim that runs. Unavailable: a process does not stop.</exception>
    internal async Task HoldAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        ShimRecord record = RunningOf(sandbox);
        IPauseMethod method = MethodOf(sandbox) ?? Choose(sandbox, record);
        int looks = 0; // two in a row: what was missing in the first can have been started by nothing that runs since
        if (!await UntilAsync(() => (looks = method.TryHold(record) ? looks + 1 : 0) == 2, cancellationToken))
        {
            method.TryRelease(record);
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"container {sandbox.Short} cannot be paused: a process of it does not stop within {Limit.TotalSeconds} s, so it waits in "
                    + "the kernel; see ps -o pid,stat,wchan,args, and try again later");
        }
    }

    /// <summary>Lets all processes of a sandbox go on. Nothing changes when they are not held up.</summary>
    /// <exception cref="CnmException">Unavailable: they do not go on.</exception>
    internal async Task ReleaseAsync(SandboxId sandbox, CancellationToken cancellationToken)
    {
        if (MethodOf(sandbox) is { } method && StateFile.Read(PlaceOf(sandbox)) is { IsShimRunning: true } record)
        {
            if (!await UntilAsync(() => method.TryRelease(record), cancellationToken))
            {
                throw new CnmException(
                    CnmErrorKind.Unavailable,
                    $"container {sandbox.Short} cannot be unpaused: its control group, which {FileOf(sandbox)} names, cannot be emptied; "
                        + "see its cgroup.procs");
            }

            File.Delete(FileOf(sandbox));
        }
    }

    /// <summary>Removes what is left of a pause of a sandbox whose processes have ended.</summary>
    internal void Forget(SandboxId sandbox)
    {
        if (MethodOf(sandbox) is { } method)
        {
            method.Forget();
            File.Delete(FileOf(sandbox));
        }
    }

    private IPauseMethod? MethodOf(SandboxId sandbox) => !File.Exists(FileOf(sandbox)) ? null
        : File.ReadAllText(FileOf(sandbox)) is var text && text == BySignals ? new StopSignals()
        : new Freezer(ControlGroup.At(text));

    private IPauseMethod Choose(SandboxId sandbox, ShimRecord record)
    {
        // The file is written first: what it names is removed at the latest when the sandbox ends.
        if (Freezer.GroupFor(record, $"netctl-{sandbox.Value}") is { } group)
        {
            Record(sandbox, group.Directory);
            if (Freezer.TryMake(group, record))
            {
                return new Freezer(group);
            }
        }

        Record(sandbox, BySignals);
        return new StopSignals();
    }

    private void Record(SandboxId sandbox, string method)
    {
        try
        {
            WholeFile.Write(FileOf(sandbox), Encoding.UTF8.GetBytes(method), flushToDisk: false);
        }
        catch (IOException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"container {sandbox.Short} cannot be paused: {error.Message}; free some space on that disk",
                error);
        }
    }

    private async Task<bool> UntilAsync(Func<bool> isDone, CancellationToken cancellationToken)
    {
        for (long start = time.GetTimestamp(); !isDone(); await Task.Delay(Interval, time, cancellationToken))
        {
            if (time.GetElapsedTime(start) > Limit)
            {
                return false;
            }
        }

        return true;
    }

    private ShimRecord RunningOf(SandboxId sandbox) => StateFile.Read(PlaceOf(sandbox)) is { IsShimRunning: true } record
        ? record
        : throw new CnmException(CnmErrorKind.Conflict, $"container {sandbox.Short} is not running; start it first");

    private string FileOf(SandboxId sandbox) => Path.Combine(PlaceOf(sandbox), ShimFiles.Pause);

    private string PlaceOf(SandboxId sandbox) => Path.Combine(directory, sandbox.Value);
}
