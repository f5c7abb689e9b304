using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Drivers.Bridge;
using Net.Drivers.Parents;

namespace Net.Drivers.Ipvlan;

/// <summary>One ipvlan network with parsed options. Its parent is a link of the host, a VLAN link of ours on such a link, or a private
/// link of ours.</summary>
internal sealed class IpvlanNetwork : IDriverNetwork
{
    private readonly OwnerId _owner;
    private readonly IpvlanOptions _options;
    private readonly ParentLink _parent;

    internal IpvlanNetwork(Network network, IpvlanOptions options, HostFacts facts)
    {
        _owner = OwnerId.Of(network.Id);
        _options = options;
        _parent = new ParentLink(network, options.Parent, "di-", options.Mtu, facts);
    }

    /// <inheritdoc/>
    /// <remarks>It is the parent also when that is another's: the kernel has one mode for all ipvlan links of a parent, so no two networks
    /// can share one.</remarks>
    public string? LinkName => _parent.Name;

    /// <inheritdoc/>
    public string InterfacePrefix => _options.InterfacePrefix;

    /// <inheritdoc/>
    public bool ChoosesEthernetAddresses => false;

    /// <inheritdoc/>
    /// <remarks>On layer 3 the parent's namespace routes all packets, so that no next hop is looked for.</remarks>
    public WayOut WayOut => _parent.IsPrivate ? WayOut.None : _options.Mode == IpvlanMode.L2 ? WayOut.Gateway : WayOut.Interface;

    /// <inheritdoc/>
    public uint? RouteMetric => _options.Metric;

    /// <inheritdoc/>
    public IReadOnlyList<HostAddress> HostAddresses => _parent.HostAddresses;

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckNew()
    {
        _parent.RequirePossible();
        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() =>
    [
        new LinkKindSupport { Owner = _owner, NeededKind = "ipvlan" },
        .. _parent.Own is { } own ? [own] : (DesiredObject[])[],
    ];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) =>
    [
        new IpvlanLink
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = sandbox,
            Name = endpoint.InterfaceName,
            Parent = _parent.Name,
            Mode = _options.Mode,
            Flag = _options.Flag,
            Mtu = _options.Mtu,
            IPv6 = endpoint.HasIPv6,
        },
        .. EndpointAddresses.Describe(endpoint, sandbox, _options.Announcement),
    ];
}
