using System.Net;
using Net.Cnm.Addresses;

namespace Net.Controller.Requests;

/// <summary>One network that a container is to be on, as asked for.</summary>
public sealed record EndpointRequest
{
    /// <summary>The network: id, name or unique id prefix.</summary>
    public required string Network { get; init; }

    /// <summary>The IPv4 address wanted, or null for the next free one.</summary>
    public IPAddress? IPv4 { get; init; }

    /// <summary>The IPv6 address wanted, or null for the next free one.</summary>
    public IPAddress? IPv6 { get; init; }

    /// <summary>The Ethernet address wanted, or null for a random one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>More names of the container on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
