using System.Globalization;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>The base of kinds of links in sandboxes that share a link of the host, each made in the sandbox's namespace by one request.
/// Their tag is given last, when they come up.</summary>
internal abstract class SandboxLinkKind<T> : ObjectKind<T>
    where T : SandboxLink
{
    private const int LinkNameLength = 15; // IFNAMSIZ without the end of the string
    private const string PassingName = "netctl-new"; // of a link made by hand, until it has its own

    /// <summary>The Ethernet address that the link is asked for with; null for the one that the kernel gives it.</summary>
    protected virtual MacAddress? Address(T desired) => null;

    /// <summary>The settings of the kind that the link is asked for with.</summary>
    protected abstract LinkData Data(T desired);

    /// <summary>The words after <c>type KIND</c> in the command that makes the link.</summary>
    protected abstract string Words(T desired);

    /// <summary>In words, what of the kind's settings is not as desired.</summary>
    protected abstract IEnumerable<string> Deviations(T desired, LinkData? data);

    /// <summary>In words, why a parent cannot carry such a link that is there.</summary>
    protected abstract string WhyNot { get; }

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(T desired) =>
        [Creation(desired), .. Settings(desired), Finish(desired, onlyIfUnfinished: false)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(T from, T to) => IsHandedOver(to) ? [] :
    [
        .. Settings(to, undoable: true),
        .. LinkMtu.Ensure(to, to.Namespace, to.Name, to.Mtu),
        .. Address(from) is { } before && Address(to) is { } after
            ? LinkAddressing.Replace(to, to.Namespace, to.Name, before, after)
            : [],
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(T desired) =>
    [
        Creation(desired),
        .. LinkMtu.Ensure(desired, desired.Namespace, desired.Name, desired.Mtu),
        Settle(desired),
        .. Address(desired) is { } mac ? [LinkAddressing.Ensure(desired, desired.Namespace, desired.Name, mac)] : (Step[])[],
        .. Settings(desired),
        Finish(desired, onlyIfUnfinished: true),
    ];

    /// <inheritdoc/>
    /// <remarks>Also when its namespace is removed: that may live on, in a container that shares it.</remarks>
    protected override IEnumerable<Step> Remove(T desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Veths, desired, () => $"{IpCommand.In(desired.Namespace)} link delete dev {desired.Name}")
        {
            Do = session =>
            {
                try
                {
                    Delete(desired, session);
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
    protected override void Diff(IReadOnlyList<T> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (T wanted in desired)
        {
            ObservedNamespace? inside = kernel.Of(wanted.Namespace);
            if (inside?.Link(wanted.Name) is not { } link)
            {
                difference.Missing(wanted);
                bool isRenamed = inside is not null && LinkNaming.FindByTag(inside.Links, wanted.Owner, wanted.Kind) is not null;
                if (isRenamed && !IsHandedOver(wanted))
                {
                    difference.TakenElsewhere(wanted); // the container has renamed it
                }
            }
            else if (Conflict(wanted, kernel) is { } problem)
            {
                difference.Conflict(wanted, problem);
            }
            else
            {
                difference.Different(wanted, IsHandedOver(wanted) ? [] : Deviations(wanted, link, kernel));
                if (IsFinished(wanted, link) && !link.IsUp && !IsHandedOver(wanted))
                {
                    difference.Obstacle(
                        $"{wanted.Words} is down: it was set down in there and stays down; its routes are put back when it is up again and "
                            + "netctl doctor --fix looks");
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Conflict(T desired, ObservedKernel kernel) =>
        kernel.Of(desired.Namespace)?.Link(desired.Name) is { } link
            ? OwnLink.Problem(link, desired.Owner, desired.Kind, kernel.IsKnown)
            : null;

    private IEnumerable<string> Deviations(T wanted, LinkMessage link, ObservedKernel kernel)
    {
        if (!IsFinished(wanted, link))
        {
            yield return "it does not have its owner's tag";
        }

        foreach (string deviation in Deviations(wanted, link.Info?.Data))
        {
            yield return deviation;
        }

        if (wanted.Mtu is { } mtu && link.Mtu != mtu)
        {
            yield return $"its MTU is {link.Mtu}";
        }

        if (Address(wanted) is { } mac && link.Address != Hardware.Of(mac))
        {
            yield return $"its address is {link.Address}";
        }

        foreach ((string path, string value) in SettingsOf(wanted))
        {
            if (kernel.Of(wanted.Namespace)?.Setting(path) is { } present && present != value)
            {
                yield return $"{path} is {present} in there";
            }
        }
    }

    // It comes up, and gets its settings, where it is taken to, and is not touched again then: nothing is known of that place.
    private static bool IsHandedOver(T desired) => desired.Ownership == Ownership.HandedOver;

    // The tag is given last, when the link comes up.
    private static bool IsFinished(T wanted, LinkMessage link) => link.Alias == wanted.Owner.Tag;

    private ActionStep Creation(T desired) => new(ApplyPhase.Veths, desired, () => Command(desired))
    {
        Do = session =>
        {
            NetlinkConnection host = session.Connection(NamespaceRef.Host);
            if (host.GetLink(desired.Parent) is not { } parent)
            {
                throw new CnmException(
                    CnmErrorKind.Unavailable,
                    $"{desired.Words}: the host has no link {desired.Parent}; bring it back, or remove the network and create it on "
                        + "another");
            }

            try
            {
                if (!IsMade(desired, parent, session))
                {
                    RequireOwn(desired, session);
                    return null;
                }
            }
            catch (NetlinkException refusal) when (refusal.Errno.IsAnyOf(Errno.Busy, Errno.InvalidArgument))
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"{desired.Words}: {desired.Parent} cannot carry it ({refusal.Message}): {WhyNot}; choose another parent",
                    refusal);
            }

            return () => Delete(desired, session);
        },
    };

    // False when there is a link of that name already.
    private bool IsMade(T desired, LinkMessage parent, KernelSession session)
    {
        try
        {
            session.Connection(NamespaceRef.Host).Execute(LinkRequests.Add(Describe(desired, parent, session)));
        }
        catch (NetlinkException refusal) when (refusal.Errno == Errno.Exists)
        {
            if (session.Connection(desired.Namespace).GetLink(desired.Name) is not null)
            {
                return false;
            }

            MakeUnderAnotherName(desired, parent, session);
        }

        return true;
    }

    // Kernels before 6.13 also refuse the name of a link of the host, where the request is made: nearly every host has an eth0.
    private void MakeUnderAnotherName(T desired, LinkMessage parent, KernelSession session)
    {
        string passing = $"n{Guid.NewGuid():N}"[..LinkNameLength];
        session.Connection(NamespaceRef.Host).Execute(LinkRequests.Add(Describe(desired, parent, session) with { Name = passing }));
        NetlinkConnection inside = session.Connection(desired.Namespace);
        LinkMessage made = inside.GetLink(passing)!;
        try
        {
            inside.Execute(LinkRequests.Rename(made.Index, desired.Name));
        }
        catch (NetlinkException)
        {
            inside.Execute(LinkRequests.Delete(made.Index));
            throw;
        }
    }

    private LinkMessage Describe(T desired, LinkMessage parent, KernelSession session) => new()
    {
        Name = desired.Name,
        Address = Address(desired) is { } mac ? Hardware.Of(mac) : null,
        Mtu = (uint?)desired.Mtu,
        LowerIndex = parent.Index,
        Group = LinkMark.Group,
        NamespaceDescriptor = desired.Namespace.IsHost ? null : session.Namespace(desired.Namespace).Descriptor,
        Info = new LinkInfo { Kind = desired.Kind, Data = Data(desired) },
    };

    // Changes the kind's settings where they deviate, on a link that is there.
    private ActionStep Settle(T desired) => new(ApplyPhase.LinkSettings, desired, () => "")
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            if (inside.GetLink(desired.Name) is { } link && Deviations(desired, link.Info?.Data).Any())
            {
                inside.Execute(LinkRequests.Change(
                    new LinkMessage { Name = desired.Name, Info = new LinkInfo { Kind = desired.Kind, Data = Data(desired) } }));
            }

            return null;
        },
    };

    private static void RequireOwn(T desired, KernelSession session)
    {
        if (session.Connection(desired.Namespace).GetLink(desired.Name) is { } link
            && (!LinkMark.IsOf(link, desired.Owner) || link.Info?.Kind != desired.Kind))
        {
            string words = $"{desired.Words}: {desired.Namespace} has a device {desired.Name} already that this daemon did not create; "
                + "rename or remove it";
            throw new CnmException(CnmErrorKind.Conflict, words, new LinkNameTakenException(words));
        }
    }

    private static void Delete(T desired, KernelSession session)
    {
        NetlinkConnection inside = session.Connection(desired.Namespace);
        if (inside.GetLink(desired.Name) is { } link && LinkMark.IsOf(link, desired.Owner))
        {
            inside.Execute(LinkRequests.Delete(link.Index));
        }
    }

    private static ActionStep Finish(T desired, bool onlyIfUnfinished) => new(
        ApplyPhase.LinksUp,
        desired,
        () => $"{IpCommand.In(desired.Namespace)} link set dev {desired.Name} alias {desired.Owner.Tag}"
            + (IsHandedOver(desired) ? "" : " up"))
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            LinkFlags up = IsHandedOver(desired) ? LinkFlags.None : LinkFlags.Up;
            if (!onlyIfUnfinished || inside.GetLink(desired.Name) is not { } link || !IsFinished(desired, link))
            {
                inside.Execute(LinkRequests.Change(new LinkMessage
                {
                    Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, up, up),
                    Name = desired.Name,
                    Alias = desired.Owner.Tag,
                }));
            }

            return null;
        },
    };

    private static IEnumerable<Step> Settings(T desired, bool undoable = false) => SettingsOf(desired).Select(setting =>
        new SettingStep(ApplyPhase.LinkSettings, desired, desired.Namespace, setting.Path, setting.Value) { Undoable = undoable });

    // Without an IPv6 address there is no IPv6 on the link at all: it is on somebody else's network, which may have routers.
    private static IEnumerable<(string Path, string Value)> SettingsOf(T desired) => LinkMtu.HasIPv6Settings(desired.Mtu)
        && !IsHandedOver(desired)
        ? [($"net/ipv6/conf/{desired.Name}/disable_ipv6", desired.IPv6 ? "0" : "1")]
        : [];

    // By a passing name where the kernel refuses a name that the host has, as MakeUnderAnotherName does.
    private string Command(T desired)
    {
        string direct = Command(desired, desired.Name);
        return desired.Namespace.IsHost
            ? direct
            : $"{direct} || {{ {Command(desired, PassingName)} && "
                + $"{IpCommand.In(desired.Namespace)} link set dev {PassingName} name {desired.Name}; }}";
    }

    private string Command(T desired, string name)
    {
        string mac = Address(desired) is { } address ? $" address {address}" : "";
        string mtu = desired.Mtu is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" mtu {bytes}") : "";
        string where = desired.Namespace.IsHost ? "" : $" netns {desired.Namespace.Name}";
        return $"ip link add link {desired.Parent} name {name}{mac}{mtu} group {LinkMark.Group}{where} "
            + $"type {desired.Kind} {Words(desired)}";
    }
}
