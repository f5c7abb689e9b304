namespace Net.Api.Daemons;

/// <summary>The answer to <c>POST /netctl/mend</c>.</summary>
public sealed record MendResponse
{
    /// <summary>The differences that were repaired.</summary>
    public required IReadOnlyList<DiffEntry> Mended { get; init; }

    /// <summary>The differences that are left.</summary>
    public required IReadOnlyList<DiffEntry> Left { get; init; }

    /// <summary>Why some could not be repaired, as far as that is known, each a sentence.</summary>
    public IReadOnlyList<string>? Problems { get; init; }
}
