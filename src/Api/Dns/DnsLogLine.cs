namespace Net.Api.Dns;

/// <summary>One line of <c>GET /netctl/dns/log</c>: a message of a container and its outcome.</summary>
public sealed record DnsLogLine
{
    /// <summary>The time at which it was answered.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The container's name; null for a query of <c>netctl dns query</c> without a container.</summary>
    public string? Container { get; init; }

    /// <summary><c>udp</c> or <c>tcp</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The queried name; null when the message cannot be parsed.</summary>
    public string? Name { get; init; }

    /// <summary>The queried type; null when the message cannot be parsed.</summary>
    public string? Type { get; init; }

    /// <summary>One of <see cref="DnsSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The response code; null when there was no answer.</summary>
    public string? Status { get; init; }

    /// <summary>The number of records in the answer.</summary>
    public int Answers { get; init; }

    /// <summary>The upstream server that gave the answer, also when it comes from the cache; null when the resolver made the answer, or no
    /// server answered.</summary>
    public DnsServerAddress? Server { get; init; }

    /// <summary>How long the upstream servers took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>How many lines before this one were dropped because the client read too slowly.</summary>
    public int Lost { get; init; }
}
