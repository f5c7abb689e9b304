namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /netctl/diff</c>: the differences between desired state and the kernel, and
/// the faults of the host that are found.</summary>
public sealed record DiffResponse
{
    /// <summary>The differences; empty when there are none.</summary>
    public required IReadOnlyList<DiffEntry> Differences { get; init; }

    /// <summary>Faults of the host that are no differences, errors before notes; empty when there are none.</summary>
    public IReadOnlyList<FindingEntry> Findings { get; init; } = [];
}
