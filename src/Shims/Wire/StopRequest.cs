namespace Net.Shims.Wire;

/// <summary>How to end a sandbox's commands.</summary>
/// <param name="Signal">The signal that the main command gets first.</param>
/// <param name="GraceMilliseconds">The time before SIGKILL, in milliseconds; null to wait however long it takes.</param>
/// <param name="UnlessAsked">Whether an earlier such request stands, and this one is passed over. A shim of an earlier version passes over
/// none.</param>
internal sealed record StopRequest(int Signal, long? GraceMilliseconds, bool UnlessAsked = false);
