namespace Net.Linux.Processes;

/// <summary>Whose rights a process has: credentials(7).</summary>
/// <param name="User">The user ID.</param>
/// <param name="Group">The primary group ID.</param>
/// <param name="Groups">The supplementary group IDs.</param>
public sealed record ProcessCredentials(uint User, uint Group, IReadOnlyList<uint> Groups);
