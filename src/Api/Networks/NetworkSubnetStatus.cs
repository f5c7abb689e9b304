namespace Net.Api.Networks;

/// <summary>How many addresses of a subnet are used. Numbers above 2^64 - 1 are shown as that.</summary>
public sealed record NetworkSubnetStatus
{
    /// <summary>The addresses of the subnet that cannot be assigned: those of endpoints, the gateway's, auxiliary ones, and those that no
    /// interface may have, such as the broadcast address.</summary>
    public ulong IPsInUse { get; init; }

    /// <summary>The addresses that can be assigned: those of the range, or of the subnet where there is none, that are not in
    /// use.</summary>
    public ulong DynamicIPsAvailable { get; init; }
}
