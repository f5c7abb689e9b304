namespace Net.Api.Daemons;

/// <summary>The answer to <c>POST /netctl/mend</c>.</summary>
public sealed record MendResponse
{
    /// <summary>The differences that were repaired.</summary>
    public required IReadOnlyList<DiffEntry> Mended { get; init; }

    /// <summary>The differences that are left.</summary>
    public required IReadOnlyList<DiffEntry> Left { get; init; }

    /// <summary>Faults of the host that were found and mended.</summary>
    public IReadOnlyList<FindingEntry> MendedFindings { get; init; } = [];

    /// <summary>Faults of the host that are left, errors before notes.</summary>
    public IReadOnlyList<FindingEntry> Findings { get; init; } = [];

    /// <summary>Why some could not be repaired, as far as that is known, each a sentence.</summary>
    public IReadOnlyList<string>? Problems { get; init; }
}
