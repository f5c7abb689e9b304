namespace Net.Shims.Wire;

/// <summary>How to end a sandbox's commands.</summary>
/// <param name="Signal">What the main command gets first.</param>
/// <param name="GraceMilliseconds">How long it has before SIGKILL.</param>
internal sealed record StopRequest(int Signal, long GraceMilliseconds);
