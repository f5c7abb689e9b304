namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /netctl/diff</c>: how the kernel differs from what should be. Empty when it does not.</summary>
public sealed record DiffResponse
{
    /// <summary>The differences.</summary>
    public required IReadOnlyList<DiffEntry> Differences { get; init; }
}
