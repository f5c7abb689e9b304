using System.Net;
using Net.Cnm.Addresses;
using Net.Controller.Links;

namespace Net.Controller.Requests;

/// <summary>A request for an endpoint: one network that a container is to be connected to.</summary>
public sealed record EndpointRequest
{
    /// <summary>The network: id, name or unique id prefix.</summary>
    public required string Network { get; init; }

    /// <summary>The requested IPv4 address, or null for the next free one.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The requested IPv6 address, or null for the next free one.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>The requested MAC address, or null for a random one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Further names of the container on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The links to other containers on this network.</summary>
    public IReadOnlyList<LinkSpec> Links { get; init; } = [];

    /// <summary>The requested further link-local addresses.</summary>
    public IReadOnlyList<IPAddress> LinkLocalAddresses { get; init; } = [];

    /// <summary>The requested options of the endpoint (<c>--driver-opt</c>).</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The priority for the default routes: the highest one gets them.</summary>
    public int GatewayPriority { get; init; }
}
