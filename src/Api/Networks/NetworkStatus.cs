namespace Net.Api.Networks;

/// <summary>How a network is used at this moment (API 1.52).</summary>
public sealed record NetworkStatus
{
    /// <summary>The use of its addresses.</summary>
    public required NetworkIpamStatus IPAM { get; init; }
}
