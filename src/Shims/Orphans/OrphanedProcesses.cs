using Net.Linux.Mounts;
using Net.Linux.Processes;
using Net.Shims.States;

namespace Net.Shims.Orphans;

/// <summary>The processes of a sandbox whose shim was killed: they continue to run without a parent that reaps them.</summary>
internal static class OrphanedProcesses
{
    /// <summary>Finds the processes that still run.</summary>
    /// <remarks>They are recognised by the mark in their mount namespace, which no other process has. In host mode there is no mark: then
    /// the main command, its descendants and its session are found, and a process that has left all three is not.</remarks>
    internal static IReadOnlyList<ProcessStatus> Find(ShimRecord record)
    {
        if (!record.MayHaveOrphans)
        {
            return [];
        }

        IReadOnlyList<ProcessStatus> all = ProcessStatus.ReadAll();
        IEnumerable<ProcessStatus> found = record.MountMark is { } mark ? InMarkedMounts(all, mark) : [];
        if (record.Command is { } command
            && all.FirstOrDefault(process => process.Id == command.Id) is var main
            && IsSessionOfSandbox(main, command))
        {
            found = found.Concat(all.Where(process => process.SessionId == command.Id)).Concat(ProcessTree.Descendants(all, command.Id));
        }

        return [.. found.Where(static process => process.IsRunning).DistinctBy(static process => process.Id)];
    }

    /// <summary>Ends the processes that still run: sends the signal to the main command, and SIGKILL to all after the grace time.</summary>
    /// <returns>A task that completes when no process is left.</returns>
    internal static async Task StopAsync(
        ShimRecord record, int signal, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        if (record.Command is { } command && record.MayHaveOrphans && command.IsRunning)
        {
            Signals.Send(command.Id, signal);
        }

        // Only a parent can wait for a process, so this polls; it is needed only where a shim was killed.
        long start = time.GetTimestamp();
        while (Find(record) is { Count: > 0 } left)
        {
            bool mainRuns = record.Command is { IsRunning: true };
            if (!mainRuns || time.GetElapsedTime(start) >= grace)
            {
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

    private static IEnumerable<ProcessStatus> InMarkedMounts(IReadOnlyList<ProcessStatus> all, string mark)
    {
        var known = new Dictionary<string, bool>();
        foreach (ProcessStatus process in all.Where(static process => process.IsRunning))
        {
            if (ReadNamespace(process.Id) is not { } name)
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

    private static string? ReadNamespace(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/ns/mnt").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
