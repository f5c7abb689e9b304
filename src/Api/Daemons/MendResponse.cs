namespace Net.Api.Daemons;

/// <summary>The answer to <c>POST /netctl/mend</c>.</summary>
public sealed record MendResponse
{
    /// <summary>Differences that were there and are not any more.</summary>
    public required IReadOnlyList<DiffEntry> Mended { get; init; }

    /// <summary>Differences that are there still.</summary>
    public required IReadOnlyList<DiffEntry> Left { get; init; }

    /// <summary>Why they could not be mended, as far as that is known, each a sentence.</summary>
    public IReadOnlyList<string>? Problems { get; init; }
}
