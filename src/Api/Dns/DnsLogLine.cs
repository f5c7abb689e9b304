namespace Net.Api.Dns;

/// <summary>One line of <c>GET /netctl/dns/log</c>: a message of a container, and what became of it.</summary>
public sealed record DnsLogLine
{
    /// <summary>When that was.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The container's name; null for a question of <c>netctl dns query</c> that named none.</summary>
    public string? Container { get; init; }

    /// <summary><c>udp</c> or <c>tcp</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>The name that was asked for; null when the message cannot be read.</summary>
    public string? Name { get; init; }

    /// <summary>The type that was asked for; null when the message cannot be read.</summary>
    public string? Type { get; init; }

    /// <summary>One of <see cref="DnsSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The response code; null when there was no answer.</summary>
    public string? Status { get; init; }

    /// <summary>How many records the answer has.</summary>
    public int Answers { get; init; }

    /// <summary>The server that answered; for an answer of the cache, that answered then; null when the answer was made here, or nobody answered.</summary>
    public DnsServerAddress? Server { get; init; }

    /// <summary>How long the answer of others took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>How many lines before this one are missing, because whoever reads was too slow.</summary>
    public int Lost { get; init; }
}
