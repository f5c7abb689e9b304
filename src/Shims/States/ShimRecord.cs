using System.Text.Json.Serialization;

using Net.Cnm.Processes;
using Net.Linux.Processes;

namespace Net.Shims.States;

/// <summary>The content of a shim's state file.</summary>
/// <param name="BootId">The boot it was written in: process ids of another boot mean nothing.</param>
/// <param name="Shim">The shim's process.</param>
/// <param name="MountMark">The mount source of the sysfs in the sandbox's mount namespace, by which its processes are recognised; null in
/// host mode.</param>
/// <param name="LogStart">The offset in the log at which this run's output begins, in bytes.</param>
/// <param name="Command">The main command; null when there is none.</param>
/// <param name="Started">The time at which the main command started, or the shim when there is none.</param>
/// <param name="ExitCode">The exit code of the main command; null while it runs or when there is none.</param>
/// <param name="Finished">The time at which the last process of the sandbox had ended; null before that.</param>
/// <param name="Network">The inode number of the sandbox's network namespace, which the shim lives in; null in host mode and for a shim of
/// an earlier version.</param>
/// <param name="Uts">The inode number of the UTS namespace of the sandbox, which no other process has; null for a shim of an earlier
/// version.</param>
/// <param name="NetworkOf">The id of the sandbox whose network namespace this one shares; null when it has one of its own, in host mode and
/// for a shim of an earlier version.</param>
internal sealed record ShimRecord(
    string BootId,
    ProcessIdentity Shim,
    string? MountMark,
    long LogStart,
    ProcessIdentity? Command,
    DateTimeOffset? Started,
    int? ExitCode,
    DateTimeOffset? Finished,
    ulong? Network = null,
    ulong? Uts = null,
    string? NetworkOf = null)
{
    /// <summary>Whether the shim still runs.</summary>
    [JsonIgnore]
    internal bool IsShimRunning => BootId == Net.Linux.BootId.Current && Shim.IsRunning;

    /// <summary>Whether processes may still run without a shim, because it was killed before it could record their end.</summary>
    [JsonIgnore]
    internal bool MayHaveOrphans => Finished is null && BootId == Net.Linux.BootId.Current && !Shim.IsRunning;

    internal SandboxProcessState ToState(bool shimAlive) => new(shimAlive, Command?.Id ?? Shim.Id, Started, ExitCode, Finished);
}
