using Net.Cnm.DesiredState;
using Net.Kernel.Sessions;
using Net.Kernel.Sysctls;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Routes;

namespace Net.Kernel.Observations;

/// <summary>The kernel's objects in one namespace: one dump of each kind, taken at its first use.</summary>
internal sealed class ObservedNamespace
{
    private readonly KernelSession _session;
    private readonly Dictionary<string, LinkMessage> _byName;
    private readonly Dictionary<int, LinkMessage> _byIndex;
    private readonly Lazy<IReadOnlyList<AddressMessage>> _addresses;
    private readonly Lazy<IReadOnlyList<RouteMessage>> _routes;
    private readonly Lazy<IReadOnlyList<NeighbourMessage>> _neighbours;

    /// <summary>Reads the links.</summary>
    /// <exception cref="Net.Linux.LinuxException">The namespace is not there.</exception>
    public ObservedNamespace(KernelSession session, NamespaceRef reference)
    {
        _session = session;
        Reference = reference;
        NetlinkConnection connection = session.Connection(reference);
        Links = connection.DumpLinks();
        _byName = Links.ToDictionary(link => link.Name!, StringComparer.Ordinal);
        _byIndex = Links.ToDictionary(link => link.Index);
        _addresses = new(() => connection.DumpAddresses());
        _routes = new(() => connection.DumpRoutes(table: RouteHeader.MainTable));
        _neighbours = new(() => connection.DumpNeighbours());
    }

    /// <summary>Which namespace this is.</summary>
    public NamespaceRef Reference { get; }

    /// <summary>Its links.</summary>
    public IReadOnlyList<LinkMessage> Links { get; }

    /// <summary>Its addresses, the kernel's own fe80 ones too.</summary>
    public IReadOnlyList<AddressMessage> Addresses => _addresses.Value;

    /// <summary>The routes of its main table.</summary>
    public IReadOnlyList<RouteMessage> Routes => _routes.Value;

    /// <summary>Its neighbours, in any state.</summary>
    public IReadOnlyList<NeighbourMessage> Neighbours => _neighbours.Value;

    /// <summary>Whether the namespace is bound to the file.</summary>
    public bool IsBoundTo(string path) => _session.IsBound(_session.Namespace(Reference), path);

    /// <summary>The link of a name, or null.</summary>
    public LinkMessage? Link(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The link of an index, or null.</summary>
    public LinkMessage? Link(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>Whether a sandbox's link is there and down. What needs a link that is up waits then, until it is up again.</summary>
    public bool IsSetDown(string link) => !Reference.IsHost && Link(link) is { IsUp: false };

    /// <summary>A setting's value, or null when there is no such setting. Those of links are as they were when the links were
    /// read.</summary>
    public string? Setting(string path) =>
        LinkSettings.Split(path) is var (name, setting) && Link(name) is { } link && LinkSettings.Find(link, path, setting) is { } value
            ? value
            : _session.Visit(Reference, () => SettingFile.TryRead(path));
}
