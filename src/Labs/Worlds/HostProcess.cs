using Net.Linux.Processes;

namespace Net.Labs.Worlds;

/// <summary>The process that a host of a lab lives and ends with.</summary>
/// <param name="Name">The host's name.</param>
/// <param name="ProcessId">Its process ID on the machine.</param>
/// <param name="StartTicks">When it was started, in clock ticks since boot: a later process may have the same ID.</param>
/// <param name="Group">The path of the host's cgroup; null where the machine has no cgroup v2.</param>
public sealed record HostProcess(string Name, int ProcessId, ulong StartTicks, string? Group)
{
    /// <summary>The host's root folder, as the machine sees it.</summary>
    public string Root => $"/proc/{ProcessId}/root";

    /// <summary>Whether the host is up.</summary>
    public bool IsUp => ProcessStatus.Read(ProcessId) is { IsRunning: true } status && status.StartTicks == StartTicks;
}
