namespace Net.Api.Networks;

/// <summary>Address management of a network: its driver and its pools.</summary>
public sealed record NetworkIpam
{
    /// <summary>The IPAM driver's name; null or empty for <c>default</c>.</summary>
    public string? Driver { get; init; }

    /// <summary>Options of the IPAM driver, or null for none.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>The pools; null or empty in a request to have them chosen.</summary>
    public IReadOnlyList<NetworkIpamPool>? Config { get; init; }
}
