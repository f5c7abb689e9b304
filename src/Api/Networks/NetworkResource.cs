using System.Text.Json.Serialization;

namespace Net.Api.Networks;

/// <summary>A network as <c>GET /networks/{id}</c> and <c>GET /networks</c> show it: Docker Engine's fields.</summary>
public sealed record NetworkResource
{
    /// <summary>The network's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary><c>local</c> or <c>global</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The driver's name: <c>bridge</c>, <c>host</c>, <c>null</c>, ...</summary>
    public required string Driver { get; init; }

    /// <summary>Whether endpoints get IPv4 addresses.</summary>
    public bool EnableIPv4 { get; init; }

    /// <summary>Whether endpoints get IPv6 addresses.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Its address management.</summary>
    public required NetworkIpam IPAM { get; init; }

    /// <summary>Whether its containers cannot reach anything outside it.</summary>
    public bool Internal { get; init; }

    /// <summary>Docker's flag for swarm networks; always false here.</summary>
    public bool Attachable { get; init; }

    /// <summary>Docker's flag for the swarm routing mesh; always false here.</summary>
    public bool Ingress { get; init; }

    /// <summary>The network that this one takes its configuration from; its name is empty here.</summary>
    public NetworkConfigReference ConfigFrom { get; init; } = new();

    /// <summary>Docker's flag for networks that only hold configuration; always false here.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>The connected containers by id. Empty in <c>GET /networks</c>, as in Docker.</summary>
    public IReadOnlyDictionary<string, NetworkContainer>? Containers { get; init; }

    /// <summary>Driver options, as given with <c>-o</c>.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>Labels, as given with <c>--label</c>.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>How the network is used at this moment. Absent in <c>GET /networks</c>, as in Docker.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NetworkStatus? Status { get; init; }

    /// <summary>Its containers' published ports and their traffic; only with <c>verbose=true</c>. Docker does not have this
    /// field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NetworkPublishedPort>? PublishedPorts { get; init; }
}
