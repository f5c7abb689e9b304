namespace Net.Netlink.Links;

/// <summary>Makes the requests about links; they can be executed alone or pipelined.</summary>
/// <remarks>A link is named by index or by name; by name costs no look-up beforehand, so later requests of a pipeline can use links that
/// earlier ones make. Indexes may be chosen at creation (<see cref="LinkHeader.Index"/>).</remarks>
public static class LinkRequests
{
    private const uint SkipStatistics = 8; // RTEXT_FILTER_SKIP_STATS

    /// <summary>Makes a link as <paramref name="link"/> says. The reply carries the link with its index where the kernel echoes
    /// (6.2).</summary>
    /// <remarks>Errors: Exists, when there is a link of that name; NotSupported, when the kernel lacks the kind.</remarks>
    /// <exception cref="ArgumentException">The link, or its veth peer, has an alias, family settings or port settings: the kernel passes
    /// over them in silence at creation. Send <see cref="SetAlias"/> and the like in the same pipeline.</exception>
    public static NetlinkRequest Add(LinkMessage link)
    {
        RefuseWhatCreationIgnores(link);
        if (link.Info?.VethPeer is { } peer)
        {
            RefuseWhatCreationIgnores(peer);
        }

        return Request(
            RouteMessageType.NewLink,
            MessageFlags.Create | MessageFlags.Exclusive | MessageFlags.Echo,
            link,
            $"add {link.Info?.Kind ?? "link"} {Subject(link)}");
    }

    /// <summary>Makes a bridge.</summary>
    /// <param name="name">At most 15 bytes.</param>
    /// <param name="settings">Null leaves the kernel's: STP off, snooping on.</param>
    /// <param name="address">Its MAC address; null for one made by the kernel, which changes when ports come and go.</param>
    /// <param name="mtu">Bytes; null for the kernel's 1500.</param>
    /// <param name="group">Group number, or null.</param>
    /// <param name="index">The index wanted; 0 for any.</param>
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
            Info = new LinkInfo { Kind = "bridge", Bridge = settings },
        });

    /// <summary>Makes a veth pair in one request.</summary>
    /// <param name="near">This end: name, MAC, MTU, master, group.</param>
    /// <param name="peer">The other end; <see cref="LinkMessage.NamespaceDescriptor"/> puts it into another namespace at once. It cannot be
    /// up yet (NotConnected).</param>
    public static NetlinkRequest AddVeth(LinkMessage near, LinkMessage peer) =>
        Add(near with { Info = new LinkInfo { Kind = "veth", VethPeer = peer } });

    /// <summary>Changes what <paramref name="change"/> has; the link is named by its index, or by its name when the index is 0.</summary>
    public static NetlinkRequest Change(LinkMessage change) =>
        Request(RouteMessageType.NewLink, MessageFlags.None, change, $"change link {Subject(change)}");

    /// <summary>Sets a link up or down.</summary>
    public static NetlinkRequest SetUp(LinkReference link, bool up) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage(up ? LinkFlags.Up : LinkFlags.None, LinkFlags.Up),
        $"set link {link} {(up ? "up" : "down")}");

    /// <summary>Makes a link a port of a bridge, or with 0 takes it off.</summary>
    public static NetlinkRequest SetMaster(LinkReference link, int masterIndex) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { MasterIndex = masterIndex },
        masterIndex == 0 ? $"take link {link} off its bridge" : $"make link {link} a port of link {masterIndex}");

    /// <summary>Sets the free text of a link, at most 255 bytes; empty takes it away.</summary>
    public static NetlinkRequest SetAlias(LinkReference link, string alias) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { Alias = alias },
        $"set the alias of link {link}");

    /// <summary>Gives the link with an index another name. Kernels before 6.2 want it down (Busy).</summary>
    public static NetlinkRequest Rename(int index, string name) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        LinkReference.ByIndex(index).ToMessage() with { Name = name },
        $"rename link {index} to {name}");

    /// <summary>Moves a link to another namespace, under another name there when <paramref name="newName"/> is given (link by index
    /// only).</summary>
    public static NetlinkRequest Move(LinkReference link, int namespaceDescriptor, string? newName = null)
    {
        LinkMessage message = link.ToMessage() with { NamespaceDescriptor = namespaceDescriptor };
        return Request(
            RouteMessageType.NewLink,
            MessageFlags.None,
            newName is null ? message : message with { Name = newName },
            $"move link {link} to another network namespace");
    }

    /// <summary>Changes settings of a link as bridge port; it must be a port already, by an earlier request.</summary>
    public static NetlinkRequest SetBridgePort(LinkReference link, BridgePortSettings settings) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { Info = new LinkInfo { PortKind = "bridge", BridgePort = settings } },
        $"set bridge port {link}");

    /// <summary>Sets how a link makes its link-local IPv6 address. NotSupported when the kernel has no IPv6.</summary>
    public static NetlinkRequest SetAddressGeneration(LinkReference link, AddressGenerationMode mode) => Request(
        RouteMessageType.NewLink,
        MessageFlags.None,
        link.ToMessage() with { FamilySettings = new LinkFamilySettings { AddressGenerationMode = mode } },
        $"set the address generation of link {link}");

    /// <summary>Deletes a link; of a veth both ends. NoDevice: there is none.</summary>
    public static NetlinkRequest Delete(LinkReference link) =>
        Request(RouteMessageType.DeleteLink, MessageFlags.None, link.ToMessage(), $"delete link {link}");

    /// <summary>Deletes every link of a group in one go: one wait for the kernel instead of one a link. NoDevice: the group is
    /// empty.</summary>
    public static NetlinkRequest DeleteGroup(uint group) =>
        Request(RouteMessageType.DeleteLink, MessageFlags.None, new LinkMessage { Group = group }, $"delete the links of group {group}");

    /// <summary>Asks for one link. NoDevice: there is none.</summary>
    public static NetlinkRequest Get(LinkReference link) => Request(
        RouteMessageType.GetLink,
        MessageFlags.None,
        link.ToMessage() with { ExtendedMask = SkipStatistics },
        $"read link {link}");

    /// <summary>Asks for the links of a namespace.</summary>
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
        if (link.Alias is not null || link.FamilySettings is not null || link.Info?.BridgePort is not null)
        {
            throw new ArgumentException(
                $"Link {Subject(link)}: alias, family settings and port settings are not taken at creation; set them by a request of " +
                "their own after it.",
                nameof(link));
        }
    }

    private static string Subject(LinkMessage link) => link.Name ?? link.Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
