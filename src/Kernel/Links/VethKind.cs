using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Veth pairs between a bridge and a sandbox.</summary>
internal sealed class VethKind : ObjectKind<VethPair>
{
    /// <inheritdoc/>
    /// <remarks>The other end of a pair that is handed over comes up where it is taken to.</remarks>
    protected override IEnumerable<Step> Add(VethPair desired) =>
    [
        VethCreation.Step(desired),
        .. Configure(desired),
        .. desired.Ownership == Ownership.HandedOver ? [] : (Step[])[PeerUp(desired)],
    ];

    /// <summary>Changes the pair in place. When its other end is to be in another namespace or have another name, the pair is made anew,
    /// and what was on that end goes.</summary>
    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(VethPair from, VethPair to) =>
        from.PeerNamespace == to.PeerNamespace && from.PeerName == to.PeerName
            ?
            [
                .. Enslave(to, from),
                .. Configure(to, from),
                .. LinkAddressing.Replace(to, to.PeerNamespace, to.PeerName, from.PeerMacAddress, to.PeerMacAddress),
            ]
            : [VethCreation.Discard(from, to), .. Add(to)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(VethPair desired) => desired.Ownership == Ownership.HandedOver
        ?
        [
            LinkNaming.Restore(ApplyPhase.Veths, desired, desired.Name, VethCreation.Kind),
            .. Enslave(desired, null),
            .. LinkMtu.Ensure(desired, NamespaceRef.Host, desired.Name, desired.Mtu),
            .. Configure(desired, ensures: true),
        ]
        :
        [
            LinkNaming.Restore(ApplyPhase.Veths, desired, desired.Name, VethCreation.Kind),
            VethCreation.Step(desired),
            .. Enslave(desired, null),
            .. LinkMtu.Ensure(desired, NamespaceRef.Host, desired.Name, desired.Mtu),
            .. LinkMtu.Ensure(desired, desired.PeerNamespace, desired.PeerName, desired.Mtu),
            PeerUpIfUnfinished(desired),
            .. Configure(desired, ensures: true),
            LinkAddressing.Ensure(desired, desired.PeerNamespace, desired.PeerName, desired.PeerMacAddress),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(VethPair desired, RemovalScope scope) =>
    [
        new LinkRemovalStep(ApplyPhase.Veths, desired, desired.Name)
        {
            OtherEnd = scope.Takes(desired.PeerNamespace) ? null : (desired.PeerNamespace, desired.PeerName),
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<VethPair> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (VethPair veth in desired)
        {
            if (kernel.Host.Link(veth.Name) is not { } link)
            {
                if (FindRenamed(veth, kernel) is { } renamed)
                {
                    difference.Different(veth, [LinkNaming.Report(renamed, "its host end", difference)]);
                }
                else
                {
                    difference.Missing(veth);
                    bool isRenamed = LinkNaming.FindByTag(kernel.Host.Links, veth.Owner, VethCreation.Kind) is not null;
                    if (isRenamed && veth.Ownership != Ownership.HandedOver)
                    {
                        difference.TakenElsewhere(veth); // renamed at both ends
                    }
                }
            }
            else if (Conflict(veth, kernel) is { } problem)
            {
                difference.Conflict(veth, problem);
            }
            else
            {
                difference.Different(veth, VethDeviations.Of(veth, link, kernel));
                if (veth.Ownership == Ownership.HandedOver)
                {
                    continue; // the other end is where another program has taken it, as it should be
                }

                if (VethDeviations.IsTakenElsewhere(veth, link, kernel))
                {
                    difference.TakenElsewhere(veth);
                }

                if (VethDeviations.SetDownInside(veth, link, kernel) is { } words)
                {
                    difference.Obstacle(words);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Conflict(VethPair desired, ObservedKernel kernel) =>
        kernel.Host.Link(desired.Name) is { } link ? OwnLink.Problem(link, desired.Owner, VethCreation.Kind, kernel.IsKnown) : null;

    // No step when the bridge stays the same: removing a port from its bridge and adding it again interrupts traffic.
    private static IEnumerable<Step> Enslave(VethPair to, VethPair? from) => from?.Bridge == to.Bridge
        ? []
        :
        [
            new NetlinkStep(ApplyPhase.LinkSettings, to, () => $"ip link set dev {to.Name} master {to.Bridge}")
            {
                Namespace = NamespaceRef.Host,
                Link = to.Bridge,
                RequiresOwnLink = !to.BridgeIsAdopted,
                Request = (_, bridge) => LinkRequests.SetMaster(to.Name, bridge),
                Inverse = from is null ? null : (session, _) =>
                {
                    session.Resolve(NamespaceRef.Host, [from.Bridge]);
                    return LinkRequests.SetMaster(to.Name, session.IndexOf(NamespaceRef.Host, from.Bridge) ?? 0);
                },
            },
        ];

    // Another end that is up or down stays so, unless the pair is new: the container may have set it down. One that was handed over is not
    // touched again: it may be in a namespace of which nothing is known.
    private static IEnumerable<Step> Configure(VethPair desired, VethPair? before = null, bool ensures = false)
    {
        bool touchesPeer = (before is null && !ensures) || desired.Ownership != Ownership.HandedOver;
        foreach ((NamespaceRef where, string path, string value) in VethSysctls.Of(desired, touchesPeer))
        {
            yield return new SettingStep(ApplyPhase.LinkSettings, desired, where, path, value) { Undoable = before is not null };
        }

        yield return Change(desired, before, NamespaceRef.Host, desired.Name, HostChange, HostCommand);
        if (before is not null && before.Mtu != desired.Mtu && touchesPeer)
        {
            yield return Change(desired, before, desired.PeerNamespace, desired.PeerName, PeerChange, PeerCommand);
        }

        if (ensures || desired.Hairpin || before is { Hairpin: true })
        {
            yield return Change(desired, before, NamespaceRef.Host, desired.Name, Hairpin, HairpinCommand);
        }

        if (ensures || desired.Isolated || before is { Isolated: true })
        {
            yield return Change(desired, before, NamespaceRef.Host, desired.Name, Isolation, IsolationCommand);
        }
    }

    private static NetlinkStep PeerUp(VethPair desired) => new(ApplyPhase.LinksUp, desired, () => PeerUpCommand(desired))
    {
        Namespace = desired.PeerNamespace,
        Request = (_, _) => LinkRequests.SetUp(desired.PeerName, up: true),
    };

    // A pair without its tag is one whose making was broken off, or that was made anew just now.
    private static ActionStep PeerUpIfUnfinished(VethPair desired) => new(ApplyPhase.LinksUp, desired, () => PeerUpCommand(desired))
    {
        Do = session =>
        {
            if (session.Connection(NamespaceRef.Host).GetLink(desired.Name) is { } host && host.Alias != desired.Owner.Tag)
            {
                session.Connection(desired.PeerNamespace).Execute(LinkRequests.SetUp(desired.PeerName, up: true));
            }

            return null;
        },
    };

    // Only a pair that is whole is worth keeping. Of one that was handed over, the other end is not here.
    private static LinkMessage? FindRenamed(VethPair veth, ObservedKernel kernel) =>
        LinkNaming.FindByTag(kernel.Host.Links, veth.Owner, VethCreation.Kind) is { } link
        && (veth.Ownership == Ownership.HandedOver || VethCreation.IsWhole(link, kernel.Of(veth.PeerNamespace)?.Link(veth.PeerName)))
            ? link
            : null;

    private static NetlinkStep Change(
        VethPair desired,
        VethPair? before,
        NamespaceRef where,
        string link,
        Func<VethPair, NetlinkRequest> request,
        Func<VethPair, string> command) =>
        new(ApplyPhase.LinksUp, desired, () => command(desired))
        {
            Namespace = where,
            Request = (_, _) => request(desired),
            Inverse = before is null ? null : (_, _) => request(before),
        };

    private static NetlinkRequest HostChange(VethPair desired) => LinkRequests.Change(
        Up(desired.Name) with { Alias = desired.Owner.Tag, Mtu = (uint?)desired.Mtu });

    private static string HostCommand(VethPair desired) =>
        $"ip link set dev {desired.Name} alias {desired.Owner.Tag}{MtuWords(desired)} up";

    private static NetlinkRequest PeerChange(VethPair desired) => LinkRequests.Change(
        new LinkMessage { Name = desired.PeerName, Mtu = (uint?)desired.Mtu });

    private static string PeerCommand(VethPair desired) =>
        $"{IpCommand.In(desired.PeerNamespace)} link set dev {desired.PeerName}{MtuWords(desired)}";

    private static string PeerUpCommand(VethPair desired) =>
        $"{IpCommand.In(desired.PeerNamespace)} link set dev {desired.PeerName} up";

    private static NetlinkRequest Hairpin(VethPair desired) =>
        LinkRequests.SetBridgePort(desired.Name, new BridgePortSettings { Hairpin = desired.Hairpin });

    private static string HairpinCommand(VethPair desired) =>
        $"ip link set dev {desired.Name} type bridge_slave hairpin {(desired.Hairpin ? "on" : "off")}";

    private static NetlinkRequest Isolation(VethPair desired) =>
        LinkRequests.SetBridgePort(desired.Name, new BridgePortSettings { Isolated = desired.Isolated });

    private static string IsolationCommand(VethPair desired) =>
        $"ip link set dev {desired.Name} type bridge_slave isolated {(desired.Isolated ? "on" : "off")}";

    private static LinkMessage Up(string name) => new()
    {
        Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, LinkFlags.Up, LinkFlags.Up),
        Name = name,
    };

    private static string MtuWords(VethPair desired) =>
        desired.Mtu is { } mtu ? string.Create(CultureInfo.InvariantCulture, $" mtu {mtu}") : "";
}
