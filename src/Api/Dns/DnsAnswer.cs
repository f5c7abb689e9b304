namespace Net.Api.Dns;

/// <summary>One record of an answer, as text that is safe to print.</summary>
public sealed record DnsAnswer
{
    /// <summary>The name of the record, without the final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The time to live in seconds.</summary>
    public uint Ttl { get; init; }

    /// <summary>The type: <c>A</c>, <c>TYPE65280</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The data: an address, a name, or the text form of RFC 1035 5.1 and RFC 3597 5.</summary>
    public required string Data { get; init; }
}
