using System.Net;
using Net.Cnm.Identifiers;
using Net.Cnm.Plugins;

namespace Net.Cnm.Networks;

/// <summary>A network of the Container Network Model. Everything that the user left open has been chosen. Immutable: the controller
/// replaces it by a new value when it changes.</summary>
public sealed record Network
{
    /// <summary>The id of the network, which also names its kernel objects.</summary>
    public required NetworkId Id { get; init; }

    /// <summary>The name of the network, unique among networks.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the network's driver, such as bridge, host or null.</summary>
    public required string Driver { get; init; }

    /// <summary>The scope in which the network exists. Default <see cref="NetworkScope.Local"/>.</summary>
    public NetworkScope Scope { get; init; } = NetworkScope.Local;

    /// <summary>The time when the network was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Whether the network is cut off from everything outside it.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether the user has called the network attachable: stored to be shown. It matters in clusters alone.</summary>
    public bool Attachable { get; init; }

    /// <summary>Whether endpoints of the network get IPv4 addresses. Default true.</summary>
    public bool EnableIPv4 { get; init; } = true;

    /// <summary>Whether endpoints of the network get IPv6 addresses. Default false.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Whether the network stands on a link of the host that another program made, such as a bridge, which is neither changed nor
    /// removed with it. Default false.</summary>
    public bool AdoptsLink { get; init; }

    /// <summary>The MTU in bytes of the host's default route when the network was created, or of the link that the network adopts; null
    /// when there was none. It is stored, so that
    /// a later change of the default route does not change links in use.</summary>
    public int? EgressMtu { get; init; }

    /// <summary>How containers' default routes lead out by the network, if it is not internal. Default <see
    /// cref="WayOut.Gateway"/>.</summary>
    public WayOut WayOut { get; init; }

    /// <summary>The metric of containers' default routes by the network; null for the kernel's.</summary>
    public uint? RouteMetric { get; init; }

    /// <summary>The name of the IPAM driver. Default "default".</summary>
    public string IpamDriver { get; init; } = "default";

    /// <summary>The options for the IPAM driver as the user gave them; null for none.</summary>
    public IReadOnlyDictionary<string, string>? IpamOptions { get; init; }

    /// <summary>What of the network belongs to plug-ins; null when nothing does.</summary>
    public PluggedNetwork? Plugged { get; init; }

    /// <summary>What another program has decided about the network that it had made; null for a network of the daemon's own
    /// users.</summary>
    public ForeignNetwork? Foreign { get; init; }

    /// <summary>The subnets of the network. A bridge network has at most one per address family.</summary>
    public IReadOnlyList<AddressPool> Pools { get; init; } = [];

    /// <summary>The driver options as the user gave them, stored to be shown. The driver parses them once, in
    /// <see cref="Drivers.INetworkDriver.Open"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the network is one of the predefined networks bridge, host and none, which always exist and cannot be
    /// removed.</summary>
    public bool IsPredefined { get; init; }

    /// <summary>Whether everything about the network has been decided. False while a plug-in makes it.</summary>
    public bool IsSettled => Plugged is null or { IsReady: true };

    /// <summary>The subnet that an address of the network is in; null when none is.</summary>
    public AddressPool? PoolOf(IPAddress address) => Pools.FirstOrDefault(pool => pool.Subnet.Contains(address));

    /// <summary>The gateway of the default route, in an address family, of an endpoint with an address: that of the subnet which the
    /// address is in. Null when there is none.</summary>
    /// <param name="ipv6">True for IPv6, false for IPv4.</param>
    /// <param name="address">The endpoint's address of that family; null for an endpoint that has none yet, which gets the first
    /// subnet.</param>
    public IPAddress? GatewayOf(bool ipv6, IPAddress? address) =>
        (address is null ? Pools.FirstOrDefault(pool => pool.IsIPv6 == ipv6) : PoolOf(address))?.DefaultGateway;

    /// <summary>Whether the network is the default network <c>bridge</c>, on which containers have no DNS names.</summary>
    public bool IsDefaultBridge => IsPredefined && Driver == "bridge";
}
