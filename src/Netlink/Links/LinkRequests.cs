namespace Net.Netlink.Links;

/// <summary>Builds the requests about links, to be executed alone or pipelined.</summary>
/// <remarks>A link is referred to by index or by name. The kernel looks the name up, so later requests of a pipeline can use links that
/// earlier ones create. Indexes may be chosen at creation (<see cref="LinkHeader.Index"/>).</remarks>
public static class LinkRequests
{
    private const uint SkipStatistics = 8; // RTEXT_FILTER_SKIP_STATS

    /// <summary>Creates a link as <paramref name="link"/> describes it. The reply carries the link with its index where the kernel echoes
    /// (6.2).</summary>
    /// <remarks>Errors: Exists, when there is a link of that name; NotSupported, when the kernel lacks the kind.</remarks>
    /// <exception cref="ArgumentException">The link, or its veth peer, has an alias, family settings or port settings, which the kernel
    /// silently ignores at creation. Send <see cref="SetAlias"/> and the like in the same pipeline.</exception>
    public static NetlinkRequest Add(LinkMessage link)
    {
        RefuseWhatCreationIgnores(link);
        if (link.Info?.Data?.OtherEnd is { } other)
        {
            RefuseWhatCreationIgnores(other);
        }

        return Request(
            RouteMessageType.NewLink,
            MessageFlags.Create | MessageFlags.Exclusive | MessageFlags.Echo,
            link,
            $"add {link.Info?.Kind ?? "link"} {Subject(link)}");
    }

    /// <summary>Creates a bridge.</summary>
    /// <param name="name">At most 15 bytes.</param>
    /// <param name="settings">The settings; null leaves the kernel's defaults: STP off, snooping on.</param>
    /// <param name="address">Its MAC address; null for one that the kernel makes, which changes when ports come and go.</param>
    /// <param name="mtu">Bytes; null for the kernel's 1500.</param>
    /// <param name="group">Group number, or null.</param>
    /// <param name="index">The wanted index; 0 for any.</param>
    public static NetlinkRequest AddBridge(
        string name,
        BridgeSettings? settings = null,
        HardwareAddress? address = null,
        uint? mtu = null,
        uint? group = null,
        int index = 0) => Add(new LinkMessage
        {
            Header = new LinkHeader(RouteFamily.Unspecified, 0, index, LinkFlags.None, LinkFlags.None),
            Name = name,
            Address = address,
            Mtu = mtu,
            Group = group,
            Info = new LinkInfo { Kind = BridgeSettings.Kind, Data = settings },
        });

    /// <summary>Creates a veth pair in one request.</summary>
    /// <param name="near">This end: name, MAC, MTU, master, group.</param>
    /// <param name="peer">The other end; <see cref="LinkMessage.NamespaceDescriptor"/> puts it into another namespace at once. It cannot be
    /// up yet (NotConnected).</param>
    public static NetlinkRequest AddVeth(LinkMessage near, LinkMessage peer) =>
        Add(near with { Info = new LinkInfo { Kind = VethSettings.Kind, Data = new VethSettings { Peer = peer } } });

    /// <summary>Changes the properties that <paramref name="change"/> sets. The link is selected by its index, or by its name when the
    /// index is 0.</summary>
    public static NetlinkRequest Change(LinkMessage change) =>
        Request(RouteMessageType.NewLink, MessageFlags.None, change, $"change link {Subject(change)}");

    /// <summary>Sets a link up or down.</summary>
    public static NetlinkRequest SetUp(LinkReference link, bool up) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage(up ? LinkFlags.Up : LinkFlags.None, LinkFlags.Up),
        $"set link {link} {(up ? "up" : "down")}");

    /// <summary>Makes a link a port of a bridge; with index 0 removes it from its bridge.</summary>
    public static NetlinkRequest SetMaster(LinkReference link, int masterIndex) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { MasterIndex = masterIndex },
        masterIndex == 0 ? $"take link {link} off its bridge" : $"make link {link} a port of link {masterIndex}");

    /// <summary>Sets the alias of a link, free text of at most 255 bytes; an empty text removes it.</summary>
    public static NetlinkRequest SetAlias(LinkReference link, string alias) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { Alias = alias },
        $"set the alias of link {link}");

    /// <summary>Renames the link with an index. Kernels before 6.2 require the link to be down (Busy).</summary>
    public static NetlinkRequest Rename(int index, string name) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        LinkReference.ByIndex(index).ToMessage() with { Name = name },
        $"rename link {index} to {name}");

    /// <summary>Moves a link to another namespace and renames it there when <paramref name="newName"/> is given (then the link is selected
    /// by index only).</summary>
    public static NetlinkRequest Move(LinkReference link, int namespaceDescriptor, string? newName = null)
    {
        LinkMessage message = link.ToMessage() with { NamespaceDescriptor = namespaceDescriptor };
        return Request(
            RouteMessageType.NewLink,
            MessageFlags.None,
            newName is null ? message : message with { Name = newName },
            $"move link {link} to another network namespace");
    }

    /// <summary>Changes settings of a link as a bridge port; an earlier request must have made it a port.</summary>
    public static NetlinkRequest SetBridgePort(LinkReference link, BridgePortSettings settings) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { Info = new LinkInfo { PortKind = BridgeSettings.Kind, PortData = settings } },
        $"set bridge port {link}");

    /// <summary>Sets how a link makes its link-local IPv6 address. NotSupported when the kernel has no IPv6.</summary>
    public static NetlinkRequest SetAddressGeneration(LinkReference link, AddressGenerationMode mode) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { FamilySettings = new LinkFamilySettings { AddressGenerationMode = mode } },
        $"set the address generation of link {link}");

    /// <summary>Deletes a link, and both ends of a veth pair. NoDevice: there is no such link.</summary>
    public static NetlinkRequest Delete(LinkReference link) =>
        Request(RouteMessageType.DeleteLink, MessageFlags.None, link.ToMessage(), $"delete link {link}");

    /// <summary>Deletes every link of a group at once: one wait for the kernel instead of one for each link. NoDevice: the group is
    /// empty.</summary>
    public static NetlinkRequest DeleteGroup(uint group) =>
        Request(RouteMessageType.DeleteLink, MessageFlags.None, new LinkMessage { Group = group }, $"delete the links of group {group}");

    /// <summary>Requests one link. NoDevice: there is no such link.</summary>
    public static NetlinkRequest Get(LinkReference link) => Request(
        RouteMessageType.GetLink,
        MessageFlags.None,
        link.ToMessage() with { ExtendedMask = SkipStatistics },
        $"read link {link}");

    /// <summary>Requests the links of a namespace.</summary>
    /// <param name="masterIndex">Only ports of this bridge; null for all.</param>
    /// <param name="kind">Only links of this kind, e.g. "veth"; null for all.</param>
    public static NetlinkRequest Dump(int? masterIndex = null, string? kind = null) => Request(
        RouteMessageType.GetLink,
        MessageFlags.None,
        new LinkMessage
        {
            MasterIndex = masterIndex,
            Info = kind is null ? null : new LinkInfo { Kind = kind },
            ExtendedMask = SkipStatistics,
        },
        "list links");

    private static NetlinkRequest Request(RouteMessageType type, MessageFlags flags, LinkMessage link, string operation) =>
        new((ushort)type, flags, link, operation);

    private static void RefuseWhatCreationIgnores(LinkMessage link)
    {
        if (link.Alias is not null || link.FamilySettings is not null || link.Info?.PortData is not null)
        {
            throw new ArgumentException(
                $"Link {Subject(link)}: alias, family settings and port settings are not taken at creation; set them by a request of " +
                "their own after it.",
                nameof(link));
        }
    }

    private static string Subject(LinkMessage link) => link.Name ?? link.Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
