using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Kernel.Sysctls;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Veth pairs between a bridge and a sandbox.</summary>
internal sealed class VethKind : ObjectKind<VethPair>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(VethPair thing) => [VethCreation.Step(thing), .. Configure(thing)];

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
    protected override IEnumerable<Step> Correct(VethPair thing) =>
    [
        VethCreation.Step(thing),
        .. Enslave(thing, null),
        .. Configure(thing),
        LinkAddressing.Ensure(thing, thing.PeerNamespace, thing.PeerName, thing.PeerMacAddress),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(VethPair thing, RemovalScope scope) =>
        [new LinkRemovalStep(ApplyPhase.Ports, thing, thing.HostName)];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<VethPair> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (VethPair veth in desired)
        {
            if (kernel.Host.Link(veth.HostName) is not { } link)
            {
                difference.Missing(veth);
            }
            else if (Conflict(veth, kernel) is { } problem)
            {
                difference.Conflict(veth, problem);
            }
            else
            {
                difference.Different(veth, VethDeviations.Of(veth, link, kernel));
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Conflict(VethPair desired, ObservedKernel kernel) =>
        kernel.Host.Link(desired.HostName) is { } link ? OwnLink.Problem(link, desired.Owner, VethCreation.Kind) : null;

    // No step when the bridge stays the same: removing a port from its bridge and adding it again interrupts traffic.
    private static IEnumerable<Step> Enslave(VethPair to, VethPair? from) => from?.Bridge == to.Bridge
        ? []
        :
        [
            new NetlinkStep(ApplyPhase.LinkSettings, to, () => $"ip link set dev {to.HostName} master {to.Bridge}")
            {
                Namespace = NamespaceRef.Host,
                Link = to.Bridge,
                RequiresOwnLink = true,
                Request = (_, bridge) => LinkRequests.SetMaster(to.HostName, bridge),
                Inverse = from is null ? null : (session, _) =>
                {
                    session.Resolve(NamespaceRef.Host, [from.Bridge]);
                    return LinkRequests.SetMaster(to.HostName, session.IndexOf(NamespaceRef.Host, from.Bridge) ?? 0);
                },
            },
        ];

    private static IEnumerable<Step> Configure(VethPair thing, VethPair? before = null)
    {
        if (SettingFile.HasIPv6)
        {
            yield return DisableIPv6(thing, NamespaceRef.Host, thing.HostName, "1", before);
            if (!thing.PeerIPv6 || before is not null)
            {
                yield return DisableIPv6(thing, thing.PeerNamespace, thing.PeerName, thing.PeerIPv6 ? "0" : "1", before);
            }
        }

        yield return Change(thing, before, NamespaceRef.Host, thing.HostName, HostChange, HostCommand);
        yield return Change(thing, before, thing.PeerNamespace, thing.PeerName, PeerChange, PeerCommand);
        if (thing.Hairpin || before is { Hairpin: true })
        {
            yield return Change(thing, before, NamespaceRef.Host, thing.HostName, Hairpin, HairpinCommand);
        }
    }

    private static SettingStep DisableIPv6(VethPair thing, NamespaceRef where, string link, string value, VethPair? before) =>
        new(ApplyPhase.LinkSettings, thing, where, $"net/ipv6/conf/{link}/disable_ipv6", value) { Undoable = before is not null };

    private static NetlinkStep Change(
        VethPair thing,
        VethPair? before,
        NamespaceRef where,
        string link,
        Func<VethPair, NetlinkRequest> request,
        Func<VethPair, string> command) =>
        new(ApplyPhase.LinksUp, thing, () => command(thing))
        {
            Namespace = where,
            Request = (_, _) => request(thing),
            Inverse = before is null ? null : (_, _) => request(before),
        };

    private static NetlinkRequest HostChange(VethPair thing) => LinkRequests.Change(
        Up(thing.HostName) with { Alias = thing.Owner.Tag, Mtu = (uint?)thing.Mtu });

    private static string HostCommand(VethPair thing) => $"ip link set dev {thing.HostName} alias {thing.Owner.Tag}{MtuWords(thing)} up";

    private static NetlinkRequest PeerChange(VethPair thing) => LinkRequests.Change(
        Up(thing.PeerName) with { Mtu = (uint?)thing.Mtu });

    private static string PeerCommand(VethPair thing) =>
        $"{IpCommand.In(thing.PeerNamespace)} link set dev {thing.PeerName}{MtuWords(thing)} up";

    private static NetlinkRequest Hairpin(VethPair thing) =>
        LinkRequests.SetBridgePort(thing.HostName, new BridgePortSettings { Hairpin = thing.Hairpin });

    private static string HairpinCommand(VethPair thing) =>
        $"ip link set dev {thing.HostName} type bridge_slave hairpin {(thing.Hairpin ? "on" : "off")}";

    private static LinkMessage Up(string name) => new()
    {
        Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, LinkFlags.Up, LinkFlags.Up),
        Name = name,
    };

    private static string MtuWords(VethPair thing) =>
        thing.Mtu is { } mtu ? string.Create(CultureInfo.InvariantCulture, $" mtu {mtu}") : "";
}
