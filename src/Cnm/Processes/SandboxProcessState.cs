namespace Net.Cnm.Processes;

/// <summary>The state of the shim of a sandbox and of its command, as the shim last recorded it. The record is durable, so that it is known
/// after a restart of the daemon.</summary>
/// <param name="ShimAlive">Whether the shim still runs.</param>
/// <param name="ProcessId">The process id of the command in the daemon's PID namespace; null before the command started.</param>
/// <param name="Started">The time when the command started; null before that.</param>
/// <param name="ExitCode">The exit code of the command, 128 + N when signal N ended it; null while it runs, and when the shim was killed
/// before it could record the code.</param>
/// <param name="Finished">The time when the command ended; null before that.</param>
public sealed record SandboxProcessState(bool ShimAlive, int? ProcessId, DateTimeOffset? Started, int? ExitCode, DateTimeOffset? Finished);
