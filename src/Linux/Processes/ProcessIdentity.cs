namespace Net.Linux.Processes;

/// <summary>One process, safe against its id being used again.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot.</param>
public readonly record struct ProcessIdentity(int Id, ulong StartTicks)
{
    /// <summary>Whether this very process still runs; one that has ended and waits to be reaped does not.</summary>
    public bool IsRunning => ProcessStatus.Read(Id) is { IsRunning: true } status && status.StartTicks == StartTicks;

    /// <summary>Reads the identity of a process; null when there is none with this id.</summary>
    public static ProcessIdentity? Of(int processId) =>
        ProcessStatus.Read(processId) is { } status ? new ProcessIdentity(processId, status.StartTicks) : null;
}
