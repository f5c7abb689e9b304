using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Drivers.Bridge;

namespace Net.Drivers.Parents;

/// <summary>One network whose containers share a link of the host: a link that is there, a VLAN link of ours on such a link, or a private
/// link of ours. What the link of a container is, the driver says.</summary>
internal abstract class SharedLinkNetwork : IDriverNetwork
{
    /// <summary>The link that is shared.</summary>
    protected abstract ParentLink Parent { get; }

    /// <summary>How containers' addresses are announced when they come up.</summary>
    protected abstract Announcement Announcement { get; }

    /// <summary>What the kernel needs for the links of endpoints.</summary>
    protected abstract LinkKindSupport LinkKind { get; }

    /// <summary>The link of an endpoint.</summary>
    protected abstract SandboxLink LinkOf(Endpoint endpoint, NamespaceRef sandbox);

    /// <inheritdoc/>
    public virtual string? LinkName => Parent.Own?.Name;

    /// <inheritdoc/>
    public abstract string InterfacePrefix { get; }

    /// <inheritdoc/>
    public abstract bool ChoosesEthernetAddresses { get; }

    /// <inheritdoc/>
    public virtual WayOut WayOut => Parent.IsPrivate ? WayOut.None : WayOut.Gateway;

    /// <inheritdoc/>
    public abstract uint? RouteMetric { get; }

    /// <inheritdoc/>
    public IReadOnlyList<HostAddress> HostAddresses => Parent.HostAddresses;

    /// <inheritdoc/>
    public virtual SharedParent? SharedParent => null;

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckNew()
    {
        Parent.RequirePossible();
        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() => Parent.Own is { } own ? [LinkKind, own] : [LinkKind];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) =>
        [LinkOf(endpoint, sandbox), .. EndpointAddresses.Describe(endpoint, sandbox, Announcement)];
}
