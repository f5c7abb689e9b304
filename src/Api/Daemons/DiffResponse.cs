namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /netctl/diff</c>: the differences between desired state and the kernel.</summary>
public sealed record DiffResponse
{
    /// <summary>The differences; empty when there are none.</summary>
    public required IReadOnlyList<DiffEntry> Differences { get; init; }
}
