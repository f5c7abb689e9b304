namespace Net.Api.Networks;

/// <summary>How the addresses of a network are used.</summary>
public sealed record NetworkIpamStatus
{
    /// <summary>The use of each subnet, by the subnet in CIDR form.</summary>
    public required IReadOnlyDictionary<string, NetworkSubnetStatus> Subnets { get; init; }
}
