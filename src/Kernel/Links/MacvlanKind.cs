using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;
using Errno = Net.Linux.Errno;
using MacvlanMode = Net.Cnm.DesiredState.MacvlanMode;
using WireMode = Net.Netlink.Links.MacvlanMode;

namespace Net.Kernel.Links;

/// <summary>Links of sandboxes that share a link of the host.</summary>
internal sealed class MacvlanKind : ObjectKind<MacvlanLink>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(MacvlanLink desired) =>
        [Creation(desired), .. Settings(desired), Finish(desired, onlyIfUnfinished: false)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(MacvlanLink from, MacvlanLink to) =>
    [
        .. Settings(to, undoable: true),
        .. LinkMtu.Ensure(to, to.Namespace, to.Name, to.Mtu),
        .. from.MacAddress is { } before && to.MacAddress is { } after
            ? LinkAddressing.Replace(to, to.Namespace, to.Name, before, after)
            : [],
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(MacvlanLink desired) =>
    [
        Creation(desired),
        .. LinkMtu.Ensure(desired, desired.Namespace, desired.Name, desired.Mtu),
        .. desired.MacAddress is { } mac ? [LinkAddressing.Ensure(desired, desired.Namespace, desired.Name, mac)] : (Step[])[],
        .. Settings(desired),
        Finish(desired, onlyIfUnfinished: true),
    ];

    /// <inheritdoc/>
    /// <remarks>Also when its namespace is removed: that may live on, in a container that shares it.</remarks>
    protected override IEnumerable<Step> Remove(MacvlanLink desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Veths, desired, () => $"{IpCommand.In(desired.Namespace)} link delete dev {desired.Name}")
        {
            Do = session =>
            {
                Delete(desired, session);
                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<MacvlanLink> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (MacvlanLink wanted in desired)
        {
            if (kernel.Of(wanted.Namespace)?.Link(wanted.Name) is not { } link)
            {
                difference.Missing(wanted);
            }
            else if (Conflict(wanted, kernel) is { } problem)
            {
                difference.Conflict(wanted, problem);
            }
            else
            {
                difference.Different(wanted, Deviations(wanted, link, kernel));
                if (IsFinished(wanted, link) && !link.IsUp)
                {
                    difference.Obstacle(
                        $"{wanted.Words} is down: it was set down in there and stays down; its routes are put back when it is up again and "
                            + "netctl doctor --fix looks");
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Conflict(MacvlanLink desired, ObservedKernel kernel) =>
        kernel.Of(desired.Namespace)?.Link(desired.Name) is { } link
            ? OwnLink.Problem(link, desired.Owner, MacvlanSettings.Kind, kernel.IsKnown)
            : null;

    private static IEnumerable<string> Deviations(MacvlanLink wanted, LinkMessage link, ObservedKernel kernel)
    {
        if (!IsFinished(wanted, link))
        {
            yield return "it does not have its owner's tag";
        }

        if (link.Info?.Data is MacvlanSettings { Mode: { } mode } && mode != Mode(wanted.Mode))
        {
            yield return $"its mode is {mode.ToString().ToLowerInvariant()}";
        }

        if (wanted.Mtu is { } mtu && link.Mtu != mtu)
        {
            yield return $"its MTU is {link.Mtu}";
        }

        if (wanted.MacAddress is { } mac && link.Address != Hardware.Of(mac))
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

    // The tag is given last, when the link comes up.
    private static bool IsFinished(MacvlanLink wanted, LinkMessage link) => link.Alias == wanted.Owner.Tag;

    private static ActionStep Creation(MacvlanLink desired) => new(ApplyPhase.Veths, desired, () => Command(desired))
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
                host.Execute(LinkRequests.Add(Describe(desired, parent, session)));
            }
            catch (NetlinkException refusal) when (refusal.Errno == Errno.Exists)
            {
                RequireOwn(desired, session);
                return null;
            }
            catch (NetlinkException refusal) when (refusal.Errno.IsAnyOf(Errno.Busy, Errno.InvalidArgument))
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"{desired.Words}: {desired.Parent} cannot carry it ({refusal.Message}): it is the port of a bridge, or has a link in "
                        + "mode passthru already, which is the only one then; choose another parent",
                    refusal);
            }

            return () => Delete(desired, session);
        },
    };

    private static LinkMessage Describe(MacvlanLink desired, LinkMessage parent, KernelSession session) => new()
    {
        Name = desired.Name,
        Address = desired.MacAddress is { } mac ? Hardware.Of(mac) : null,
        Mtu = (uint?)desired.Mtu,
        LowerIndex = parent.Index,
        Group = LinkMark.Group,
        NamespaceDescriptor = session.Namespace(desired.Namespace).Descriptor,
        Info = new LinkInfo { Kind = MacvlanSettings.Kind, Data = new MacvlanSettings { Mode = Mode(desired.Mode) } },
    };

    private static void RequireOwn(MacvlanLink desired, KernelSession session)
    {
        if (session.Connection(desired.Namespace).GetLink(desired.Name) is { } link
            && (!LinkMark.IsOf(link, desired.Owner) || link.Info?.Kind != MacvlanSettings.Kind))
        {
            string words = $"{desired.Words}: {desired.Namespace} has a device {desired.Name} already that this daemon did not create; "
                + "rename or remove it";
            throw new CnmException(CnmErrorKind.Conflict, words, new LinkNameTakenException(words));
        }
    }

    private static void Delete(MacvlanLink desired, KernelSession session)
    {
        NetlinkConnection inside = session.Connection(desired.Namespace);
        if (inside.GetLink(desired.Name) is { } link && LinkMark.IsOf(link, desired.Owner))
        {
            inside.Execute(LinkRequests.Delete(link.Index));
        }
    }

    private static ActionStep Finish(MacvlanLink desired, bool onlyIfUnfinished) => new(
        ApplyPhase.LinksUp,
        desired,
        () => $"{IpCommand.In(desired.Namespace)} link set dev {desired.Name} alias {desired.Owner.Tag} up")
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            if (!onlyIfUnfinished || inside.GetLink(desired.Name) is not { } link || !IsFinished(desired, link))
            {
                inside.Execute(LinkRequests.Change(new LinkMessage
                {
                    Header = new LinkHeader(RouteFamily.Unspecified, 0, 0, LinkFlags.Up, LinkFlags.Up),
                    Name = desired.Name,
                    Alias = desired.Owner.Tag,
                }));
            }

            return null;
        },
    };

    private static IEnumerable<Step> Settings(MacvlanLink desired, bool undoable = false) => SettingsOf(desired).Select(setting =>
        new SettingStep(ApplyPhase.LinkSettings, desired, desired.Namespace, setting.Path, setting.Value) { Undoable = undoable });

    // Without an IPv6 address there is no IPv6 on the link at all: it is on somebody else's network, which may have routers.
    private static IEnumerable<(string Path, string Value)> SettingsOf(MacvlanLink desired) => LinkMtu.HasIPv6Settings(desired.Mtu)
        ? [($"net/ipv6/conf/{desired.Name}/disable_ipv6", desired.IPv6 ? "0" : "1")]
        : [];

    private static WireMode Mode(MacvlanMode mode) => mode switch
    {
        MacvlanMode.Vepa => WireMode.Vepa,
        MacvlanMode.Private => WireMode.Private,
        MacvlanMode.PassThrough => WireMode.PassThrough,
        _ => WireMode.Bridge,
    };

    private static string Command(MacvlanLink desired)
    {
        string mac = desired.MacAddress is { } address ? $" address {address}" : "";
        string mtu = desired.Mtu is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" mtu {bytes}") : "";
        string mode = desired.Mode == MacvlanMode.PassThrough ? "passthru" : desired.Mode.ToString().ToLowerInvariant();
        return $"ip link add link {desired.Parent} name {desired.Name}{mac}{mtu} group {LinkMark.Group} netns {desired.Namespace.Name} "
            + $"type {MacvlanSettings.Kind} mode {mode}";
    }
}
