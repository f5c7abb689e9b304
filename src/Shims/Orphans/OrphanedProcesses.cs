using Net.Cnm.Errors;
using Net.Linux.Mounts;
using Net.Linux.Processes;
using Net.Shims.States;

namespace Net.Shims.Orphans;

/// <summary>The processes of a sandbox whose shim was killed: they continue to run without a parent that reaps them.</summary>
internal static class OrphanedProcesses
{
    /// <summary>Finds the processes that still run.</summary>
    /// <remarks>They are recognised by the sandbox's UTS namespace, by the mark in their mount namespace, or as the main command's
    /// descendants or session. The network namespace says nothing: an administrator's tcpdump may be in it. The number of a UTS namespace
    /// is used again at once when the namespace is gone, by the next container of any program. So it counts alone only as long as a process
    /// that is recognised otherwise is in that namespace; after that, only for processes in the daemon's own network namespace that no
    /// living shim holds.</remarks>
    internal static IReadOnlyList<ProcessStatus> Find(ShimRecord record)
    {
        if (!record.MayHaveOrphans)
        {
            return [];
        }

        IReadOnlyList<ProcessStatus> all = ProcessStatus.ReadAll();
        ProcessStatus[] younger = [.. all.Where(process => process.IsRunning && process.StartTicks >= record.Shim.StartTicks)];
        IEnumerable<ProcessStatus> found = record.MountMark is { } mark ? InMarkedMounts(younger, mark) : [];

        if (record.Command is { } command
            && all.FirstOrDefault(process => process.Id == command.Id) is var main
            && IsSessionOfSandbox(main, command))
        {
            found = found.Concat(all.Where(process => process.SessionId == command.Id)).Concat(ProcessTree.Descendants(all, command.Id));
        }

        List<ProcessStatus> orphans = [.. found.Where(static process => process.IsRunning)];
        if (record.Uts is { } uts)
        {
            ProcessStatus[] inside = [.. younger.Where(process => ProcessNamespace.Read(process.Id, ProcessNamespace.Uts) == uts)];
            bool isStillOurs = inside.Any(process => orphans.Exists(orphan => orphan.Id == process.Id));
            orphans.AddRange(isStillOurs ? inside : InHostMode(inside, all));
        }

        return [.. orphans.DistinctBy(static process => process.Id)];
    }

    /// <summary>Ends the processes that still run: sends the signal to the main command, and SIGKILL to all after the grace time.</summary>
    /// <param name="record">What the shim recorded last.</param>
    /// <param name="signal">The first signal.</param>
    /// <param name="grace">How long the main command has before SIGKILL; infinite to wait for it.</param>
    /// <param name="limit">How long processes have to end on SIGKILL.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>A task that completes when no process is left.</returns>
    /// <exception cref="CnmException">Unavailable: a process does not end on SIGKILL.</exception>
    internal static async Task StopAsync(
        ShimRecord record, int signal, TimeSpan grace, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (record.Command is { } command && record.MayHaveOrphans && command.IsRunning)
        {
            Signals.Send(command.Id, signal);
        }

        // Only a parent can wait for a process, so this polls; it is needed only where a shim was killed.
        long start = time.GetTimestamp();
        long? killing = null;
        while (Find(record) is { Count: > 0 } left)
        {
            bool mainRuns = record.Command is { IsRunning: true };
            bool patient = grace == Timeout.InfiniteTimeSpan;
            if (!mainRuns || (!patient && time.GetElapsedTime(start) >= grace))
            {
                killing ??= time.GetTimestamp();
                if (time.GetElapsedTime(killing.Value) > limit)
                {
                    throw new CnmException(
                        CnmErrorKind.Unavailable,
                        $"process {left[0].Id} of a container whose shim was killed does not end on SIGKILL, so it waits in the kernel; "
                            + $"see /proc/{left[0].Id}/stack, and try again when it has ended");
                }

                foreach (ProcessStatus process in left)
                {
                    Signals.Send(process.Id, Signals.Kill);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }

    // A session's id is reused only when all its members are gone. So a session without its leader is still the sandbox's; one with another
    // leader is not.
    private static bool IsSessionOfSandbox(ProcessStatus leader, ProcessIdentity command) =>
        leader.Id == 0 || leader.StartTicks == command.StartTicks;

    /// <summary>Those of the processes that can be of a sandbox in host mode: in the network namespace of this process, and neither a shim
    /// nor held by one. A shim that is starting is among the processes before its record says so.</summary>
    private static IEnumerable<ProcessStatus> InHostMode(ProcessStatus[] processes, IReadOnlyList<ProcessStatus> all)
    {
        if (processes.Length == 0)
        {
            return [];
        }

        ulong? own = ProcessNamespace.Read(Environment.ProcessId, ProcessNamespace.Network);
        var byId = all.ToDictionary(static process => process.Id);
        return processes.Where(process =>
            own is not null && ProcessNamespace.Read(process.Id, ProcessNamespace.Network) == own && !IsHeld(process.Id, byId));
    }

    private static bool IsHeld(int processId, Dictionary<int, ProcessStatus> all)
    {
        var seen = new HashSet<int>(); // a snapshot of /proc is not of one moment, and ids are used again: the parents may form a circle
        for (int id = processId; seen.Add(id) && all.TryGetValue(id, out ProcessStatus process); id = process.ParentId)
        {
            if (IsShim(id))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsShim(int processId)
    {
        try
        {
            // The link ends with " (deleted)" when the program was replaced by a newer one.
            return Path.GetFileName(new FileInfo($"/proc/{processId}/exe").LinkTarget)?.Split(' ')[0] == ShimStarter.ProgramName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is a thread of the kernel
        }
    }

    private static IEnumerable<ProcessStatus> InMarkedMounts(IReadOnlyList<ProcessStatus> processes, string mark)
    {
        var known = new Dictionary<ulong, bool>();
        foreach (ProcessStatus process in processes)
        {
            if (ProcessNamespace.Read(process.Id, ProcessNamespace.Mounts) is not { } name)
            {
                continue;
            }

            if (!known.TryGetValue(name, out bool marked))
            {
                known[name] = marked = MountEntry.ReadAll(process.Id).Any(mount => mount.Source == mark);
            }

            if (marked)
            {
                yield return process;
            }
        }
    }
}
