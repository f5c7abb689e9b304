using System.Text.Json.Serialization;
using Net.Api.Networks;

namespace Net.Api.Containers;

/// <summary>A container's endpoint on one network, as <c>inspect</c> shows it under <c>NetworkSettings.Networks</c>.</summary>
public sealed record EndpointSettings
{
    /// <summary>The requested addresses, or null for none.</summary>
    public EndpointIpamConfig? IPAMConfig { get; init; }

    /// <summary>Links, each <c>CONTAINER:ALIAS</c>, or null.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>The requested aliases, or null.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The endpoint's MAC address; empty while the container is not running.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>The requested driver options, or null.</summary>
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    /// <summary>The priority for the default route; the network with the highest number gets it.</summary>
    public int GwPriority { get; init; }

    /// <summary>The network's id.</summary>
    public string NetworkID { get; init; } = "";

    /// <summary>The endpoint's id; empty while the container is not running.</summary>
    public string EndpointID { get; init; } = "";

    /// <summary>The IPv4 gateway, or empty.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The IPv4 address without its prefix length, or empty.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>The prefix length of <see cref="IPAddress"/>, or 0.</summary>
    public int IPPrefixLen { get; init; }

    /// <summary>The IPv6 gateway, or empty.</summary>
    public string IPv6Gateway { get; init; } = "";

    /// <summary>The IPv6 address without its prefix length, or empty.</summary>
    public string GlobalIPv6Address { get; init; } = "";

    /// <summary>The prefix length of <see cref="GlobalIPv6Address"/>, or 0.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>Every name that resolves to this endpoint on its network, or null on a network without name resolution.</summary>
    public IReadOnlyList<string>? DNSNames { get; init; }

    /// <summary>The name of the link in the container; null while the container is not running, or where there is no link. Docker does
    /// not have this field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InterfaceName { get; init; }
}
