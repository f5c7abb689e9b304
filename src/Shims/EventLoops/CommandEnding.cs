using Net.Linux.Processes;

namespace Net.Shims.EventLoops;

/// <summary>The end of one command beside the main one: SIGKILL for it and for all that it has started, until nothing of that is
/// left.</summary>
/// <remarks>What belongs to the command is its session, which no process gets into from elsewhere, and what descends from it in other
/// sessions. A session's number is not given to another process while the session has one.</remarks>
/// <param name="sessionId">The process id of the command, which leads its session.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandEnding(int sessionId, TimeProvider time)
{
    /// <summary>The time after which a process that cannot be killed is left: it waits for a dead disk or server.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly long _began = time.GetTimestamp();

    /// <summary>Kills what runs of the command.</summary>
    /// <returns>Whether nothing ran any more, or all that was possible has been done.</returns>
    internal bool IsDone()
    {
        IReadOnlyList<ProcessStatus> all = ProcessStatus.ReadAll();
        List<ProcessStatus> found =
        [
            .. ProcessTree.Descendants(all, Environment.ProcessId).Where(process => process.SessionId == sessionId),
            .. ProcessTree.Descendants(all, sessionId),
        ];
        found.ForEach(static process => Signals.Send(process.Id, Signals.Kill));
        return found.Count == 0 || time.GetElapsedTime(_began) > Limit;
    }
}
