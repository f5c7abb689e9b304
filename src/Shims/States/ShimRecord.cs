using System.Text.Json.Serialization;

using Net.Cnm.Processes;
using Net.Linux.Processes;

namespace Net.Shims.States;

/// <summary>What a shim's state file says.</summary>
/// <param name="BootId">The boot it was written in: process ids of another boot mean nothing.</param>
/// <param name="Shim">The shim.</param>
/// <param name="MountMark">The source text of the sysfs mounted in the sandbox's mount namespace, by which its processes are known; null in
/// host mode.</param>
/// <param name="LogStart">Where in the log this run's output begins, in bytes.</param>
/// <param name="Command">The main command; null when there is none.</param>
/// <param name="Started">When the main command started.</param>
/// <param name="ExitCode">How the main command ended.</param>
/// <param name="Finished">When the sandbox's processes had ended.</param>
internal sealed record ShimRecord(
    string BootId,
    ProcessIdentity Shim,
    string? MountMark,
    long LogStart,
    ProcessIdentity? Command,
    DateTimeOffset? Started,
    int? ExitCode,
    DateTimeOffset? Finished)
{
    /// <summary>Whether the shim still runs.</summary>
    [JsonIgnore]
    internal bool IsShimRunning => BootId == CurrentBootId() && Shim.IsRunning;

    /// <summary>Whether processes may still run that no shim holds: it was killed before it could say how they ended.</summary>
    [JsonIgnore]
    internal bool MayHaveOrphans => Finished is null && BootId == CurrentBootId() && !Shim.IsRunning;

    internal static string CurrentBootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    internal SandboxProcessState ToState(bool shimAlive) => new(shimAlive, Command?.Id, Started, ExitCode, Finished);
}
