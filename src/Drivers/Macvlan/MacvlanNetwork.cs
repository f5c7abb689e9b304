using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Drivers.Bridge;
using Net.Drivers.Parents;

namespace Net.Drivers.Macvlan;

/// <summary>One macvlan network with parsed options. Its parent is a link of the host, a VLAN link of ours on such a link, or a private
/// link of ours.</summary>
internal sealed class MacvlanNetwork : IDriverNetwork
{
    private readonly MacvlanOptions _options;
    private readonly ParentLink _parent;

    internal MacvlanNetwork(Network network, MacvlanOptions options, HostFacts facts)
    {
        _options = options;
        _parent = new ParentLink(network, options.Parent, "dm-", options.Mtu, facts);
    }

    /// <inheritdoc/>
    public string? LinkName => _parent.Own?.Name;

    /// <inheritdoc/>
    public string InterfacePrefix => _options.InterfacePrefix;

    /// <inheritdoc/>
    public bool ChoosesEthernetAddresses => _options.Mode != MacvlanMode.PassThrough;

    /// <inheritdoc/>
    public WayOut WayOut => _parent.IsPrivate ? WayOut.None : WayOut.Gateway;

    /// <inheritdoc/>
    public uint? RouteMetric => _options.Metric;

    /// <inheritdoc/>
    public IReadOnlyList<HostAddress> HostAddresses => _parent.HostAddresses;

    /// <inheritdoc/>
    public SharedParent? SharedParent =>
        _parent.IsPrivate ? null : new SharedParent(_parent.Name, _options.Mode == MacvlanMode.PassThrough ? "passthru" : null);

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckNew()
    {
        _parent.RequirePossible();
        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() => _parent.Own is { } own ? [own] : [];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) =>
    [
        new MacvlanLink
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = sandbox,
            Name = endpoint.InterfaceName,
            Parent = _parent.Name,
            Mode = _options.Mode,
            MacAddress = endpoint.MacAddress,
            Mtu = _options.Mtu,
            IPv6 = endpoint.HasIPv6,
        },
        .. EndpointAddresses.Describe(endpoint, sandbox, _options.Announcement),
    ];
}
