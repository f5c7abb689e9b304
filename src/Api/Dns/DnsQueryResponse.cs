namespace Net.Api.Dns;

/// <summary>The answer to <c>GET /netctl/dns/query</c>: what a container is told, and where it comes from.</summary>
public sealed record DnsQueryResponse
{
    /// <summary>The name that was asked for, without the last dot.</summary>
    public required string Name { get; init; }

    /// <summary>The type that was asked for: <c>A</c>, <c>TYPE65280</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The container's name; null when nobody was named.</summary>
    public string? Container { get; init; }

    /// <summary>The response code: <c>NOERROR</c>, <c>NXDOMAIN</c>; empty when what a server sent cannot be read.</summary>
    public required string Status { get; init; }

    /// <summary>One of <see cref="DnsSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>For names of ours: who has them; null or empty when that is nobody any more.</summary>
    public IReadOnlyList<DnsHolder>? Holders { get; init; }

    /// <summary>The server that answered; for an answer of the cache, that answered then; null when the answer was made here, or nobody answered.</summary>
    public DnsServerAddress? Server { get; init; }

    /// <summary>The servers that were to be asked, in this order.</summary>
    public IReadOnlyList<DnsServerAddress>? Servers { get; init; }

    /// <summary>How long the answer of others took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>How long a cached answer will be given yet, in seconds; null for others.</summary>
    public uint? SecondsLeft { get; init; }

    /// <summary>The records of the answer.</summary>
    public required IReadOnlyList<DnsAnswer> Answers { get; init; }
}
