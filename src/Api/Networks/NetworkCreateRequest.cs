using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>The body of <c>POST /networks/create</c>.</summary>
public sealed record NetworkCreateRequest
{
    /// <summary>The new network's name.</summary>
    public string? Name { get; init; }

    /// <summary>The driver; null or empty for <c>bridge</c>.</summary>
    public string? Driver { get; init; }

    /// <summary><c>local</c>, <c>global</c>, or null or empty for the driver's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    /// <summary>Whether endpoints get IPv4 addresses; null means yes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EnableIPv4 { get; init; }

    /// <summary>Whether endpoints get IPv6 addresses; null means no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EnableIPv6 { get; init; }

    /// <summary>Address management, or null to have everything chosen.</summary>
    public NetworkIpam? IPAM { get; init; }

    /// <summary>Whether its containers cannot reach anything outside it.</summary>
    public bool Internal { get; init; }

    /// <summary>Docker's flag for networks of clusters; stored to be shown.</summary>
    public bool Attachable { get; init; }

    /// <summary>Docker's flag for the swarm routing mesh; not supported.</summary>
    public bool Ingress { get; init; }

    /// <summary>Docker's flag for networks that only hold configuration; not supported.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>The network to take configuration from, which is not supported; null or an empty name for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NetworkConfigReference? ConfigFrom { get; init; }

    /// <summary>Driver options, or null for none.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>Labels, or null for none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
