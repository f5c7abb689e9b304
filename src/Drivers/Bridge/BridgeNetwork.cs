using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;

namespace Net.Drivers.Bridge;

/// <summary>One bridge network with parsed options and chosen names. It is immutable; each part of the desired state is described in a file
/// of its own.</summary>
public sealed class BridgeNetwork : IDriverNetwork
{
    /// <summary>The largest MTU a bridge or veth takes (ETH_MAX_MTU).</summary>
    private const int MaximumMtu = 65535;

    /// <summary>The smallest MTU with which the kernel keeps IPv6 on a link (RFC 8200 5).</summary>
    internal const int MinimumIPv6Mtu = 1280;

    internal BridgeNetwork(Network network, BridgeOptions options, HostFacts facts)
    {
        Network = network;
        Options = options;
        Host = facts;
        Owner = OwnerId.Of(network.Id);
        Bridge = BridgeNames.Bridge(network, options);
        BridgeMac = BridgeNames.BridgeMac(network.Id);
        Mtu = options.Mtu
            ?? (network.EgressMtu is { } egress ? Math.Clamp(egress, network.EnableIPv6 ? MinimumIPv6Mtu : 68, MaximumMtu) : null);
        IPv4 = network.Pools.FirstOrDefault(p => !p.IsIPv6);
        IPv6 = network.Pools.FirstOrDefault(p => p.IsIPv6);
    }

    /// <inheritdoc/>
    public string? LinkName => Bridge;

    /// <inheritdoc/>
    public IReadOnlyList<HostAddress> HostAddresses => [.. Host.ForeignAddresses.Where(own => own.Link == Bridge)];

    /// <inheritdoc/>
    public string InterfacePrefix => Options.InterfacePrefix;

    /// <inheritdoc/>
    public WayOut WayOut => Options.NoDefaultRoute ? WayOut.None : WayOut.Gateway;

    /// <inheritdoc/>
    public MacAddress? GatewayEthernetAddress => Adopts ? null : BridgeMac;

    /// <inheritdoc/>
    public uint? RouteMetric => Options.Metric;

    /// <inheritdoc/>
    public IPAddress? HostBinding => Options.HostBinding;

    internal Network Network { get; }

    internal BridgeOptions Options { get; }

    internal HostFacts Host { get; }

    /// <summary>Whether IP forwarding is turned on for the network where it is off.</summary>
    internal bool TurnsForwardingOn { get; init; } = true;

    internal OwnerId Owner { get; }

    internal string Bridge { get; }

    /// <summary>Whether another program made the bridge.</summary>
    internal bool Adopts => Network.AdoptsLink;

    internal MacAddress BridgeMac { get; }

    /// <summary>MTU of the bridge and of both ends of each link, in bytes; null for the kernel's 1500.</summary>
    internal int? Mtu { get; }

    internal AddressPool? IPv4 { get; }

    internal AddressPool? IPv6 { get; }

    /// <inheritdoc/>
    public bool IsRouted(bool ipv6) => ModeOf(ipv6) == GatewayMode.Routed;

    /// <inheritdoc/>
    /// <remarks>Also where no default route leads to it: the host is reached by it.</remarks>
    public bool NeedsGateway(bool ipv6) => ModeOf(ipv6) != GatewayMode.Isolated;

    /// <summary>The gateway mode of a family: how it is connected to the outside.</summary>
    internal GatewayMode ModeOf(bool ipv6) => ipv6 ? Options.GatewayModeIPv6 : Options.GatewayModeIPv4;

    /// <summary>The gateway of a family when it is this host, so that its address belongs to the bridge; null when it is another machine or
    /// there is none.</summary>
    internal IPAddress? OwnGateway(bool ipv6) =>
        ModeOf(ipv6) == GatewayMode.Isolated || (!ipv6 && Options.InhibitIPv4) ? null : (ipv6 ? IPv6 : IPv4)?.Gateway;

    /// <inheritdoc/>
    /// <remarks>Only a bridge that the user names: one that has the name of a default by chance is in the way.</remarks>
    public HostBridge? FindAdopted() => Options.Name is null ? null : Host.ForeignBridges.FirstOrDefault(bridge => bridge.Name == Bridge);

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckNew()
    {
        RequireFreeName();
        BridgeSubnets.RequireAll(this);
        AdoptedGateway.Check(this);
        return [.. BridgeSubnets.Check(this), .. BridgeForwarding.Check(this)];
    }

    private void RequireFreeName()
    {
        if (!Adopts && !Network.IsPredefined && Host.ForeignLinks.Contains(Bridge))
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"network {Network.Name}: bridge {Bridge}: name {Bridge} is already used by a device this daemon did not create; rename or "
                    + "remove it, or choose another name");
        }
    }

    /// <inheritdoc/>
    public void CheckHostAddresses() => BridgeHostAddresses.Check(this);

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
        .. EndpointSettings.Describe(this, endpoint, sandbox),
        .. EndpointAddresses.Describe(endpoint, sandbox, Options.Announcement),
        .. EndpointNeighbours.Describe(this, endpoint, sandbox),
        .. EndpointPorts.Describe(this, endpoint, ports),
        .. EndpointTraffic.Describe(this, endpoint),
    ];
}
