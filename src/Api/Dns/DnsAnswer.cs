namespace Net.Api.Dns;

/// <summary>One record of an answer, as text that is safe to print.</summary>
public sealed record DnsAnswer
{
    /// <summary>Whose record it is, without the last dot.</summary>
    public required string Name { get; init; }

    /// <summary>For how many seconds it may be kept.</summary>
    public uint Ttl { get; init; }

    /// <summary>The type: <c>A</c>, <c>TYPE65280</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The data: an address, a name, or as RFC 1035 5.1 and RFC 3597 5 write it.</summary>
    public required string Data { get; init; }
}
