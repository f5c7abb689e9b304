using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Parents;

namespace Net.Drivers.Macvlan;

/// <summary>One macvlan network with parsed options.</summary>
internal sealed class MacvlanNetwork(Network network, MacvlanOptions options, HostFacts facts) : SharedLinkNetwork
{
    /// <inheritdoc/>
    public override string InterfacePrefix => options.InterfacePrefix;

    /// <inheritdoc/>
    public override bool ChoosesEthernetAddresses => options.Mode != MacvlanMode.PassThrough;

    /// <inheritdoc/>
    public override uint? RouteMetric => options.Metric;

    /// <inheritdoc/>
    public override SharedParent? SharedParent =>
        Parent.IsPrivate ? null : new SharedParent(Parent.Name, options.Mode == MacvlanMode.PassThrough ? "passthru" : null);

    /// <inheritdoc/>
    protected override LinkKindSupport LinkKind { get; } = new() { Owner = OwnerId.Of(network.Id), NeededKind = "macvlan" };

    /// <inheritdoc/>
    protected override ParentLink Parent { get; } = new(network, options.Parent, "dm-", options.Mtu, facts);

    /// <inheritdoc/>
    protected override Announcement Announcement => options.Announcement;

    /// <inheritdoc/>
    protected override SandboxLink LinkOf(Endpoint endpoint, NamespaceRef sandbox) => new MacvlanLink
    {
        Owner = OwnerId.Of(endpoint.Id),
        Namespace = sandbox,
        Name = endpoint.InterfaceName,
        Parent = Parent.Name,
        Mode = options.Mode,
        MacAddress = endpoint.MacAddress,
        Mtu = options.Mtu,
        IPv6 = endpoint.HasIPv6,
    };
}
