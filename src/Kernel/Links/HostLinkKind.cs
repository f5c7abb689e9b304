using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Links;

/// <summary>The base of kinds of links in the daemon's namespace that are made by one request, tagged and set up, and have no further
/// settings.</summary>
internal abstract class HostLinkKind<T> : ObjectKind<T>
    where T : HostLink
{
    /// <summary>The link whose index the request needs; null for none.</summary>
    protected virtual string? Lower(T desired) => null;

    /// <summary>The link as it is asked for, without its interface group.</summary>
    protected abstract LinkMessage Describe(T desired, int lower);

    /// <summary>The command that makes the link.</summary>
    protected abstract string Command(T desired);

    /// <summary>Whether the kernel's link is of the right kind.</summary>
    protected virtual bool IsKind(T desired, LinkMessage link) => link.Info?.Kind == desired.Kind;

    /// <summary>Makes the link in another way when the kernel has refused the first; null when there is none.</summary>
    protected virtual bool? Otherwise(T desired, KernelSession session, NetlinkException refusal) => null;

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(T desired) =>
    [
        new NetlinkStep(ApplyPhase.Bridges, desired, () => Command(desired))
        {
            Namespace = NamespaceRef.Host,
            Link = Lower(desired),
            Request = (_, lower) => LinkRequests.Add(Describe(desired, lower) with { Group = LinkMark.Group }),
            Inverse = (_, _) => LinkRequests.Delete(desired.Name),
            OnRefusal = (session, refusal) =>
                refusal.Errno == Errno.Exists ? UseExisting(desired, session) : Otherwise(desired, session, refusal),
        },
        .. Configure(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(T from, T to) => Configure(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(T desired) =>
        [LinkNaming.Restore(ApplyPhase.Bridges, desired, desired.Name, desired.Kind), .. Configure(desired)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(T desired, RemovalScope scope) =>
        [new LinkRemovalStep(ApplyPhase.RemovedBridges, desired, desired.Name) { AtOnce = true }];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<T> desired, ObservedKernel kernel, DifferenceBuilder difference) =>
        HostLinkComparison.Compare(desired, kernel, difference, wanted => Conflict(wanted, kernel), Deviations);

    /// <inheritdoc/>
    protected override string? Conflict(T desired, ObservedKernel kernel) => kernel.Host.Link(desired.Name) is not { } link ? null
        : OwnLink.Problem(link, desired.Owner, IsKind(desired, link) ? link.Info!.Kind! : desired.Kind, kernel.IsKnown);

    private static IEnumerable<string> Deviations(T wanted, LinkMessage link)
    {
        if (!link.IsUp)
        {
            yield return "it is down";
        }

        if (link.Alias != wanted.Owner.Tag)
        {
            yield return "it does not have its owner's tag";
        }

        if (wanted.Mtu is { } mtu && link.Mtu != mtu)
        {
            yield return $"its MTU is {link.Mtu}";
        }
    }

    private static IEnumerable<Step> Configure(T desired) =>
    [
        new NetlinkStep(
            ApplyPhase.BridgeSettings, desired, () => $"ip link set dev {desired.Name} alias {desired.Owner.Tag}{MtuWords(desired)} up")
        {
            Namespace = NamespaceRef.Host,
            Request = (_, _) => LinkRequests.Change(new LinkMessage
            {
                Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, LinkFlags.Up, LinkFlags.Up),
                Name = desired.Name,
                Alias = desired.Owner.Tag,
                Mtu = (uint?)desired.Mtu,
            }),
        },
    ];

    private static string MtuWords(T desired) => desired.Mtu is { } mtu ? FormattableString.Invariant($" mtu {mtu}") : "";

    private bool? UseExisting(T desired, KernelSession session)
    {
        if (session.Connection(NamespaceRef.Host).GetLink(desired.Name) is not { } link)
        {
            return null;
        }

        OwnLink.Require(link, desired.Owner, IsKind(desired, link) ? link.Info!.Kind! : desired.Kind, desired.Words);
        return false;
    }
}
