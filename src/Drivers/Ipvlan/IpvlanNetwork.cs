using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Parents;

namespace Net.Drivers.Ipvlan;

/// <summary>One ipvlan network with parsed options.</summary>
internal sealed class IpvlanNetwork(Network network, IpvlanOptions options, HostFacts facts) : SharedLinkNetwork
{
    /// <inheritdoc/>
    /// <remarks>It is the parent also when that is another's: the kernel has one mode for all ipvlan links of a parent, so no two networks
    /// can share one.</remarks>
    public override string? LinkName => Parent.Name;

    /// <inheritdoc/>
    public override string InterfacePrefix => options.InterfacePrefix;

    /// <inheritdoc/>
    public override bool ChoosesEthernetAddresses => false;

    /// <inheritdoc/>
    /// <remarks>On layer 3 the parent's namespace routes all packets, so that no next hop is looked for.</remarks>
    public override WayOut WayOut => !Parent.IsPrivate && options.Mode != IpvlanMode.L2 ? WayOut.Interface : base.WayOut;

    /// <inheritdoc/>
    public override uint? RouteMetric => options.Metric;

    /// <inheritdoc/>
    protected override LinkKindSupport LinkKind { get; } = new() { Owner = OwnerId.Of(network.Id), NeededKind = "ipvlan" };

    /// <inheritdoc/>
    protected override ParentLink Parent { get; } = new(network, options.Parent, "di-", options.Mtu, facts);

    /// <inheritdoc/>
    protected override Announcement Announcement => options.Announcement;

    /// <inheritdoc/>
    protected override SandboxLink LinkOf(Endpoint endpoint, NamespaceRef sandbox) => new IpvlanLink
    {
        Owner = OwnerId.Of(endpoint.Id),
        Namespace = sandbox,
        Name = endpoint.InterfaceName,
        Parent = Parent.Name,
        Mode = options.Mode,
        Flag = options.Flag,
        Mtu = options.Mtu,
        IPv6 = endpoint.HasIPv6,
    };
}
