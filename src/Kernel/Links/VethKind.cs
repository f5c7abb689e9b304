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
    protected override IEnumerable<Step> Add(VethPair desired) => [VethCreation.Step(desired), .. Configure(desired)];

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
    protected override IEnumerable<Step> Correct(VethPair desired) =>
    [
        VethCreation.Step(desired),
        .. Enslave(desired, null),
        .. Configure(desired),
        LinkAddressing.Ensure(desired, desired.PeerNamespace, desired.PeerName, desired.PeerMacAddress),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(VethPair desired, RemovalScope scope) =>
        [new LinkRemovalStep(ApplyPhase.Veths, desired, desired.HostName)];

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

    private static IEnumerable<Step> Configure(VethPair desired, VethPair? before = null)
    {
        if (SettingFile.HasIPv6)
        {
            yield return DisableIPv6(desired, NamespaceRef.Host, desired.HostName, "1", before);
            if (!desired.PeerIPv6 || before is not null)
            {
                yield return DisableIPv6(desired, desired.PeerNamespace, desired.PeerName, desired.PeerIPv6 ? "0" : "1", before);
            }
        }

        yield return Change(desired, before, NamespaceRef.Host, desired.HostName, HostChange, HostCommand);
        yield return Change(desired, before, desired.PeerNamespace, desired.PeerName, PeerChange, PeerCommand);
        if (desired.Hairpin || before is { Hairpin: true })
        {
            yield return Change(desired, before, NamespaceRef.Host, desired.HostName, Hairpin, HairpinCommand);
        }
    }

    private static SettingStep DisableIPv6(VethPair desired, NamespaceRef where, string link, string value, VethPair? before) =>
        new(ApplyPhase.LinkSettings, desired, where, $"net/ipv6/conf/{link}/disable_ipv6", value) { Undoable = before is not null };

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
        Up(desired.HostName) with { Alias = desired.Owner.Tag, Mtu = (uint?)desired.Mtu });

    private static string HostCommand(VethPair desired) =>
        $"ip link set dev {desired.HostName} alias {desired.Owner.Tag}{MtuWords(desired)} up";

    private static NetlinkRequest PeerChange(VethPair desired) => LinkRequests.Change(
        Up(desired.PeerName) with { Mtu = (uint?)desired.Mtu });

    private static string PeerCommand(VethPair desired) =>
        $"{IpCommand.In(desired.PeerNamespace)} link set dev {desired.PeerName}{MtuWords(desired)} up";

    private static NetlinkRequest Hairpin(VethPair desired) =>
        LinkRequests.SetBridgePort(desired.HostName, new BridgePortSettings { Hairpin = desired.Hairpin });

    private static string HairpinCommand(VethPair desired) =>
        $"ip link set dev {desired.HostName} type bridge_slave hairpin {(desired.Hairpin ? "on" : "off")}";

    private static LinkMessage Up(string name) => new()
    {
        Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, LinkFlags.Up, LinkFlags.Up),
        Name = name,
    };

    private static string MtuWords(VethPair desired) =>
        desired.Mtu is { } mtu ? string.Create(CultureInfo.InvariantCulture, $" mtu {mtu}") : "";
}
