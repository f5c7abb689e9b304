using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The current state of a container's network.</summary>
/// <remarks>The addresses at this level are those on the network <c>bridge</c>, and empty or 0 for a container that is not on it. Docker
/// has them up to version 1.51 of its API; <see cref="Networks"/> has those of every network.</remarks>
public sealed record ContainerNetworkSettings
{
    /// <summary>Docker's bridge of the daemon; empty, as there.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>The sandbox's id; empty while it is not up.</summary>
    public string SandboxID { get; init; } = "";

    /// <summary>The path of its network namespace; empty while it is not up.</summary>
    public string SandboxKey { get; init; } = "";

    /// <summary>Ports by container port (<c>80/tcp</c>) with the host ports that were chosen; null for an exposed port that is not
    /// published.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>Docker's flag of its links; always false, as there.</summary>
    public bool HairpinMode { get; init; }

    /// <summary>Empty, as in Docker.</summary>
    public string LinkLocalIPv6Address { get; init; } = "";

    /// <summary>0, as in Docker.</summary>
    public int LinkLocalIPv6PrefixLen { get; init; }

    /// <summary>Null, as in Docker.</summary>
    public IReadOnlyList<SecondaryAddress>? SecondaryIPAddresses { get; init; }

    /// <summary>Null, as in Docker.</summary>
    public IReadOnlyList<SecondaryAddress>? SecondaryIPv6Addresses { get; init; }

    /// <summary>The id of the endpoint on <c>bridge</c>.</summary>
    public string EndpointID { get; init; } = "";

    /// <summary>The IPv4 gateway on <c>bridge</c>.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The IPv6 address on <c>bridge</c>, without its prefix length.</summary>
    public string GlobalIPv6Address { get; init; } = "";

    /// <summary>The prefix length of <see cref="GlobalIPv6Address"/>.</summary>
    public int GlobalIPv6PrefixLen { get; init; }

    /// <summary>The IPv4 address on <c>bridge</c>, without its prefix length.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>The prefix length of <see cref="IPAddress"/>.</summary>
    public int IPPrefixLen { get; init; }

    /// <summary>The IPv6 gateway on <c>bridge</c>.</summary>
    public string IPv6Gateway { get; init; } = "";

    /// <summary>The MAC address on <c>bridge</c>.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>Published ports for which the container does not see the client's address; null for none. Docker does not have this
    /// field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForwardedPort>? ForwardedPorts { get; init; }

    /// <summary>The endpoints by network name.</summary>
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
