namespace Net.Cnm.Processes;

/// <summary>What the shim of a sandbox says, or said before it ended. Durable, so that it is known after a restart of the daemon.</summary>
/// <param name="ShimAlive">Whether the shim still runs.</param>
/// <param name="ProcessId">The command's process id in the daemon's PID namespace; null before it started.</param>
/// <param name="Started">When the command started.</param>
/// <param name="ExitCode">Its exit code, 128 + N when signal N ended it; null while it runs, and when the shim was killed before it could
/// say.</param>
/// <param name="Finished">When it ended.</param>
public sealed record SandboxProcessState(bool ShimAlive, int? ProcessId, DateTimeOffset? Started, int? ExitCode, DateTimeOffset? Finished);
