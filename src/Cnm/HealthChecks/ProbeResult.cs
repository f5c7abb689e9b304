namespace Net.Cnm.HealthChecks;

/// <summary>How one probe of a container went.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over.</param>
/// <param name="ExitCode">Its exit code, 0 for success; -1 when it could not be started or took too long.</param>
/// <param name="Output">The beginning of what it wrote, or why it has no exit code.</param>
public sealed record ProbeResult(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
