namespace Net.Api.Clients;

/// <summary>Which lines of a container's log are asked for.</summary>
public sealed record LogSelection
{
    /// <summary>Whether to continue until the command exits.</summary>
    public bool Follow { get; init; }

    /// <summary>How many lines from the end, a number or <c>all</c>; null for all.</summary>
    public string? Tail { get; init; }

    /// <summary>Whether the time of each line, as RFC 3339 with nine digits of the second, and a space stand before it.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Whether the labels of each line, which it has none of, and a space stand before it.</summary>
    public bool Details { get; init; }

    /// <summary>Only lines from this time on; null for no limit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only lines up to this time; null for no limit.</summary>
    public DateTimeOffset? Until { get; init; }
}
