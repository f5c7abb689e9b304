using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;

namespace Net.Drivers.Bridge;

/// <summary>One bridge network, options read and names chosen. Immutable; each piece of what it wants is in a file of its own.</summary>
public sealed class BridgeNetwork : IDriverNetwork
{
    /// <summary>The largest MTU a bridge or veth takes (ETH_MAX_MTU).</summary>
    private const int LargestMtu = 65535;

    /// <summary>The least MTU that keeps IPv6 on a link (RFC 8200 5).</summary>
    private const int LeastIPv6Mtu = 1280;

    internal BridgeNetwork(Network network, BridgeOptions options, HostFacts facts)
    {
        Network = network;
        Options = options;
        KernelHasIPv6 = facts.IPv6Available;
        AdvertisedLinks = facts.AdvertisedLinks;
        Owner = OwnerId.Of(network.Id);
        Bridge = BridgeNames.Bridge(network, options);
        BridgeMac = BridgeNames.BridgeMac(network.Id);
        Mtu = options.Mtu ?? (network.EgressMtu is { } egress ? Math.Clamp(egress, network.EnableIPv6 ? LeastIPv6Mtu : 68, LargestMtu) : null);
        IPv4 = network.Pools.FirstOrDefault(p => !p.IsIPv6);
        IPv6 = network.Pools.FirstOrDefault(p => p.IsIPv6);
    }

    /// <inheritdoc/>
    public string? LinkName => Bridge;

    /// <summary>What interfaces in containers on this network are called before their number, such as <c>eth</c>.</summary>
    public string InterfacePrefix => Options.InterfacePrefix;

    /// <summary>The host address that ports are published on when none is named; null for all of them.</summary>
    public IPAddress? HostBinding => Options.HostBinding;

    internal Network Network { get; }

    internal BridgeOptions Options { get; }

    internal bool KernelHasIPv6 { get; }

    internal IReadOnlyList<string> AdvertisedLinks { get; }

    internal OwnerId Owner { get; }

    internal string Bridge { get; }

    internal MacAddress BridgeMac { get; }

    /// <summary>MTU of the bridge and of both ends of each link, in bytes; null for the kernel's 1500.</summary>
    internal int? Mtu { get; }

    internal AddressPool? IPv4 { get; }

    internal AddressPool? IPv6 { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() =>
    [
        .. BridgeDevice.Describe(this),
        .. BridgeAddresses.Describe(this),
        .. BridgeForwarding.Describe(this),
        .. BridgeTraffic.Describe(this),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) =>
    [
        .. EndpointLink.Describe(this, endpoint, sandbox, hasPorts: ports.Count > 0),
        .. EndpointAddresses.Describe(endpoint, sandbox),
        .. EndpointNeighbours.Describe(this, endpoint, sandbox),
        .. EndpointPorts.Describe(this, endpoint, ports),
    ];
}
