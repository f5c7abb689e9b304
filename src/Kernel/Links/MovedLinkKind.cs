using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Kernel.Sysctls;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Links that plug-ins make and hand over. Such a link is moved and set up, and never made or deleted: one that is gone can only
/// be had from its maker again.</summary>
internal sealed class MovedLinkKind : ObjectKind<MovedLink>
{
    private const uint NoGroup = 0;

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(MovedLink desired) =>
    [
        new ActionStep(
            ApplyPhase.Veths,
            desired,
            () => $"ip link set dev {desired.SourceName} netns {desired.Namespace.Name} name {desired.Name}")
        {
            Do = session => MoveIn(desired, session),
        },
        .. Settings(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(MovedLink from, MovedLink to) =>
    [
        .. from.SourceName == to.SourceName ? [] : Exchange(from, to),
        .. Settings(to),
    ];

    /// <inheritdoc/>
    /// <remarks>Also when its namespace is removed: the link would go with it, or under another name.</remarks>
    protected override IEnumerable<Step> Remove(MovedLink desired, RemovalScope scope) =>
    [
        new ActionStep(
            ApplyPhase.Veths,
            desired,
            () => $"{IpCommand.In(desired.Namespace)} link set dev {desired.Name} netns 1 name {desired.SourceName}")
        {
            Do = session =>
            {
                try
                {
                    MoveOut(desired, session);
                }
                catch (LinuxException error) when (error.Errno == Errno.InvalidArgument)
                {
                    // setns(2): the file stands for no namespace, and nobody lives in it any more: the link has ended with it.
                }

                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<MovedLink> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (MovedLink wanted in desired)
        {
            if (kernel.Of(wanted.Namespace)?.Link(wanted.Name) is not { } link)
            {
                difference.Missing(wanted);
                continue;
            }

            difference.Different(wanted, Deviations(wanted, link, kernel));
            if (!link.IsUp && !IsArriving(link))
            {
                difference.Obstacle(
                    $"{wanted.Words} is down: it was set down in there and stays down; its routes are put back when it is up again and "
                        + "netctl doctor --fix looks");
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>A link that was set down by somebody stays down.</remarks>
    protected override IEnumerable<Step> Correct(MovedLink desired) =>
        [.. Settings(desired).Where(step => step.Phase != ApplyPhase.LinksUp), UpIfArriving(desired)];

    private static bool IsArriving(LinkMessage link) => link.Group == LinkMark.ArrivingGroup;

    private static IEnumerable<string> Deviations(MovedLink wanted, LinkMessage link, ObservedKernel kernel)
    {
        if (IsArriving(link))
        {
            yield return "its way in there was broken off";
        }

        if (wanted.MacAddress is { } mac && link.Address != Hardware.Of(mac))
        {
            yield return $"its address is {link.Address}";
        }

        if (kernel.Of(wanted.Namespace)?.Setting(IPv6Setting(wanted)) is { } present && present != IPv6Value(wanted))
        {
            yield return $"{IPv6Setting(wanted)} is {present} in there";
        }
    }

    private static IEnumerable<Step> Exchange(MovedLink from, MovedLink to) =>
    [
        new ActionStep(ApplyPhase.Veths, to, () => $"# {from.Words} gives way to {to.SourceName}")
        {
            Do = session =>
            {
                MoveOut(from, session);
                Action undo = MoveIn(to, session);
                return () =>
                {
                    undo();
                    MoveIn(from, session);
                };
            },
        },
    ];

    private static IEnumerable<Step> Settings(MovedLink desired)
    {
        if (desired.MacAddress is { } mac)
        {
            yield return LinkAddressing.Ensure(desired, desired.Namespace, desired.Name, mac);
        }

        yield return new ActionStep(
            ApplyPhase.LinkSettings,
            desired,
            () => IpCommand.WriteSetting(desired.Namespace, IPv6Setting(desired), IPv6Value(desired)))
        {
            Do = session =>
            {
                session.Visit(desired.Namespace, () => SetIPv6(desired));
                return null;
            },
        };
        yield return new NetlinkStep(ApplyPhase.LinksUp, desired, () => CommandUp(desired))
        {
            Namespace = desired.Namespace,
            Request = (_, _) => LinkRequests.SetUp(desired.Name, up: true),
            OnMade = (session, _) => Arrive(desired, session),
        };
    }

    private static string CommandUp(MovedLink desired) => $"{IpCommand.In(desired.Namespace)} link set dev {desired.Name} up";

    // One that was set down by somebody is not set up.
    private static ActionStep UpIfArriving(MovedLink desired) => new(ApplyPhase.LinksUp, desired, () => CommandUp(desired))
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            if (inside.GetLink(desired.Name) is { } link && IsArriving(link))
            {
                inside.Execute(LinkRequests.SetUp(link.Index, up: true));
                Arrive(desired, session);
            }

            return null;
        },
    };

    // A request of its own, once the link is up: the kernel does not put a group back when it refuses the rest of a request.
    private static void Arrive(MovedLink desired, KernelSession session)
    {
        NetlinkConnection inside = session.Connection(desired.Namespace);
        if (inside.GetLink(desired.Name) is { } link && IsArriving(link))
        {
            inside.Execute(LinkRequests.Change(Describe(link.Index) with { Group = NoGroup }));
        }
    }

    private static LinkMessage Describe(int index, LinkFlags change = LinkFlags.None) =>
        new() { Header = new LinkHeader(RouteFamily.Unspecified, 0, index, LinkFlags.None, change) };

    // A link whose MTU is too small for IPv6 has no such setting, and so has every link of a kernel without IPv6.
    private static bool SetIPv6(MovedLink desired)
    {
        bool differs = SettingFile.TryRead(IPv6Setting(desired)) is { } present && present != IPv6Value(desired);
        if (differs)
        {
            SettingFile.Write(IPv6Setting(desired), IPv6Value(desired));
        }

        return differs;
    }

    private static string IPv6Setting(MovedLink desired) => $"net/ipv6/conf/{desired.Name}/disable_ipv6";

    private static string IPv6Value(MovedLink desired) => desired.IPv6 ? "0" : "1";

    private static Action MoveIn(MovedLink desired, KernelSession session)
    {
        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        if (host.GetLink(desired.SourceName) is not { } link)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"{desired.Words}: the host has no such link; look at the plug-in's own log for what became of it");
        }

        if (LinkMark.IsOurs(link))
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"{desired.Words}: the link is one of netctl's own; the plug-in must name a link that it has made");
        }

        try
        {
            Move(host, link, desired.Name, session.Namespace(desired.Namespace).Descriptor, arrives: true);
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.Exists)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"{desired.Words}: {desired.Namespace} has a device {desired.Name} already; choose another name with --driver-opt "
                    + "com.docker.network.endpoint.ifname=NAME",
                refusal);
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.InvalidArgument)
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"{desired.Words}: the kernel does not move it into another network namespace ({refusal.Message}); the plug-in must make "
                    + "another kind of link",
                refusal);
        }

        return () => MoveOut(desired, session);
    }

    private static void MoveOut(MovedLink desired, KernelSession session)
    {
        NetlinkConnection inside = session.Connection(desired.Namespace);
        if (inside.GetLink(desired.Name) is { } link)
        {
            Move(inside, link, desired.SourceName, session.Thread.Home.Descriptor, arrives: false);
        }
    }

    // A link that is up cannot be renamed. It is marked from the moment at which it is down until it has left, or has come up.
    private static void Move(NetlinkConnection from, LinkMessage link, string name, int descriptor, bool arrives)
    {
        bool isMarked = link.Group is null or NoGroup || IsArriving(link);
        from.Execute(LinkRequests.Change(
            Describe(link.Index, LinkFlags.Up) with { Group = isMarked && !arrives ? LinkMark.ArrivingGroup : null }));
        from.Execute(LinkRequests.Change(Describe(link.Index) with
        {
            Name = name,
            NamespaceDescriptor = descriptor,
            Group = !isMarked ? null : arrives ? LinkMark.ArrivingGroup : NoGroup,
        }));
    }
}
