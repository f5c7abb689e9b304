namespace Net.Api.Dns;

/// <summary>The network and container that have an address of a DNS answer.</summary>
public sealed record DnsHolder
{
    /// <summary>The address.</summary>
    public required string Address { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The container's name; null for the network's gateway.</summary>
    public string? Container { get; init; }
}
