using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Endpoints;

/// <summary>A sandbox's interface on one network, with every choice made.</summary>
public sealed record Endpoint
{
    /// <summary>Its id, which also names its kernel objects.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>The network it is on.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>The sandbox it belongs to.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>Place in the order of connection, from 0; with the prefix it makes the interface's name, eth0, eth1 ...</summary>
    public required int Order { get; init; }

    /// <summary>The interface's name inside the sandbox.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The interface's Ethernet address; null on drivers without links of their own.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its IPv4 address, or null.</summary>
    public InterfaceAddress? IPv4 { get; init; }

    /// <summary>Its IPv6 address, or null.</summary>
    public InterfaceAddress? IPv6 { get; init; }

    /// <summary>Whether <see cref="IPv4"/> was asked for by the user and is kept over restarts.</summary>
    public bool IPv4IsStatic { get; init; }

    /// <summary>Whether <see cref="IPv6"/> was asked for by the user and is kept over restarts.</summary>
    public bool IPv6IsStatic { get; init; }

    /// <summary>More names of the sandbox on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of other sandboxes on this network that only this one resolves. They hide names of the network that are
    /// alike.</summary>
    public IReadOnlyList<PrivateName> PrivateNames { get; init; } = [];
}
