namespace Net.Api.Dns;

/// <summary>The answer to <c>GET /netctl/dns/query</c>: what a container's query is answered with, and the source of that.</summary>
public sealed record DnsQueryResponse
{
    /// <summary>The queried name, without the final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The queried type: <c>A</c>, <c>TYPE65280</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The container's name; null when the request named none.</summary>
    public string? Container { get; init; }

    /// <summary>The response code: <c>NOERROR</c>, <c>NXDOMAIN</c>; empty when a server's answer cannot be parsed.</summary>
    public required string Status { get; init; }

    /// <summary>One of <see cref="DnsSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>For names of containers: the holders of the addresses; null or empty when nobody has them any more.</summary>
    public IReadOnlyList<DnsHolder>? Holders { get; init; }

    /// <summary>The upstream server that gave the answer, also when it comes from the cache; null when the resolver made the answer, or no
    /// server answered.</summary>
    public DnsServerAddress? Server { get; init; }

    /// <summary>The upstream servers of the container, in the order in which they are tried.</summary>
    public IReadOnlyList<DnsServerAddress>? Servers { get; init; }

    /// <summary>How long the upstream servers took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>The remaining time to live of a cached answer, in seconds; null for other answers.</summary>
    public uint? SecondsLeft { get; init; }

    /// <summary>The records of the answer.</summary>
    public required IReadOnlyList<DnsAnswer> Answers { get; init; }
}
