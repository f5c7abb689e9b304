using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>The bridges of networks, in the daemon's namespace.</summary>
internal sealed class BridgeKind : ObjectKind<BridgeLink>
{
    private const string Kind = "bridge";

    // From link-local frames (LLDP and others) the bridge would learn any source address that a container writes, before a rule sees it.
    private static readonly BridgeSettings Settings = new() { LinkLocalLearning = false };

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(BridgeLink desired) =>
    [
        new NetlinkStep(
            ApplyPhase.Bridges,
            desired,
            () => $"ip link add name {desired.Name} address {desired.MacAddress} group {LinkMark.Group} type {Kind} no_linklocal_learn 1")
        {
            Namespace = NamespaceRef.Host,
            Makes = [(NamespaceRef.Host, desired.Name)],
            Request = (_, _) => LinkRequests.AddBridge(desired.Name, Settings, Hardware.Of(desired.MacAddress), group: LinkMark.Group),
            Inverse = (_, _) => LinkRequests.Delete(desired.Name),
            OnRefusal = (session, refusal) => UseExisting(session, refusal, desired),
        },
        .. Configure(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(BridgeLink from, BridgeLink to) =>
        [.. Configure(to, from), .. LinkAddressing.Replace(to, NamespaceRef.Host, to.Name, from.MacAddress, to.MacAddress)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(BridgeLink desired) =>
    [
        LinkNaming.Restore(ApplyPhase.Bridges, desired, desired.Name, Kind),
        .. Configure(desired),
        LinkAddressing.Ensure(desired, NamespaceRef.Host, desired.Name, desired.MacAddress),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(BridgeLink desired, RemovalScope scope) =>
        [new LinkRemovalStep(ApplyPhase.RemovedBridges, desired, desired.Name)];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<BridgeLink> desired, ObservedKernel kernel, DifferenceBuilder difference) =>
        HostLinkComparison.Compare(
            desired, kernel, difference, bridge => Conflict(bridge, kernel), (bridge, link) => Deviations(bridge, link, kernel));

    /// <inheritdoc/>
    protected override string? Conflict(BridgeLink desired, ObservedKernel kernel) =>
        kernel.Host.Link(desired.Name) is { } link ? OwnLink.Problem(link, desired.Owner, Kind, kernel.IsKnown) : null;

    private static IEnumerable<string> Deviations(BridgeLink bridge, LinkMessage link, ObservedKernel kernel)
    {
        if (!link.IsUp)
        {
            yield return "it is down";
        }

        if (link.Alias != bridge.Owner.Tag)
        {
            yield return string.IsNullOrEmpty(link.Alias) ? "it has no tag" : $"its tag is {link.Alias}, of an owner that is not known";
        }

        if (link.Address != Hardware.Of(bridge.MacAddress))
        {
            yield return $"its address is {link.Address}";
        }

        if (bridge.Mtu is { } mtu && link.Mtu != mtu)
        {
            yield return $"its MTU is {link.Mtu}";
        }

        if (link.Info?.Data is BridgeSettings { LinkLocalLearning: true })
        {
            yield return "it learns addresses from link-local frames";
        }

        foreach ((string setting, string wanted) in SettingsOf(bridge))
        {
            if (kernel.Host.Setting(setting) is { } value && value != wanted)
            {
                yield return $"{setting} is {value}";
            }
        }
    }

    private static bool? UseExisting(KernelSession session, NetlinkException refusal, BridgeLink desired)
    {
        if (refusal.Errno != Errno.Exists || session.Connection(NamespaceRef.Host).GetLink(desired.Name) is not { } link)
        {
            return null;
        }

        OwnLink.Require(link, desired.Owner, Kind, $"bridge {desired.Name}");
        return false;
    }

    private static IEnumerable<Step> Configure(BridgeLink desired, BridgeLink? before = null)
    {
        foreach ((string setting, string value) in SettingsOf(desired))
        {
            yield return new SettingStep(ApplyPhase.LinkSettings, desired, NamespaceRef.Host, setting, value)
            {
                Undoable = before is not null,
            };
        }

        yield return new NetlinkStep(ApplyPhase.BridgeSettings, desired, () => TagCommand(desired))
        {
            Namespace = NamespaceRef.Host,
            Request = (_, _) => Tag(desired),
            Inverse = before is null ? null : (_, _) => Tag(before),
        };
        yield return new NetlinkStep(ApplyPhase.LinksUp, desired, () => $"ip link set dev {desired.Name} up")
        {
            Namespace = NamespaceRef.Host,
            Request = (_, _) => LinkRequests.SetUp(desired.Name, up: true),
        };
    }

    // A network without IPv6 has IPv6 disabled on its bridge. With IPv6, the host ignores router advertisements that containers send, and
    // IPv6 is on also where the host has it off for all links (net.ipv6.conf.default.disable_ipv6=1, which a new link takes over).
    private static IEnumerable<(string Path, string Value)> SettingsOf(BridgeLink desired)
    {
        string folder = $"net/ipv6/conf/{desired.Name}";
        return !LinkMtu.HasIPv6Settings(desired.Mtu) ? []
            : desired.IPv6 ? [($"{folder}/accept_ra", "0"), ($"{folder}/disable_ipv6", "0")]
            : [($"{folder}/disable_ipv6", "1")];
    }

    // The MTU is not given at creation: only a later change makes the kernel keep it when ports with other MTUs come and go
    // (br_change_mtu).
    private static NetlinkRequest Tag(BridgeLink desired) => LinkRequests.Change(
        new LinkMessage
        {
            Name = desired.Name,
            Alias = desired.Owner.Tag,
            Mtu = (uint?)desired.Mtu,
            Info = new LinkInfo { Kind = Kind, Data = Settings },
        });

    private static string TagCommand(BridgeLink desired) => string.Create(
        CultureInfo.InvariantCulture,
        $"ip link set dev {desired.Name} alias {desired.Owner.Tag}{(desired.Mtu is { } mtu ? $" mtu {mtu}" : "")} type {Kind} " +
        $"no_linklocal_learn 1");
}
