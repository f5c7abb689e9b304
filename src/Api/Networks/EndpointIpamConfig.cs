using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>The requested addresses of an endpoint, without prefix lengths. Null or empty to have an address chosen.</summary>
public sealed record EndpointIpamConfig
{
    /// <summary>The IPv4 address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IPv4Address { get; init; }

    /// <summary>The IPv6 address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IPv6Address { get; init; }

    /// <summary>Further link-local addresses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LinkLocalIPs { get; init; }
}
