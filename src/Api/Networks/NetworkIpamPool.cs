using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>One pool of a network's addresses. Every field may be absent.</summary>
public sealed record NetworkIpamPool
{
    /// <summary>The subnet in CIDR form, e.g. <c>172.18.0.0/16</c> or <c>fd00:1::/64</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subnet { get; init; }

    /// <summary>The part of the subnet that endpoints get addresses from, in CIDR form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IPRange { get; init; }

    /// <summary>The gateway's address, without a prefix length.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gateway { get; init; }

    /// <summary>Addresses that no endpoint gets, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? AuxiliaryAddresses { get; init; }
}
