using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Kernel.Sysctls;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Bridges of other programs that networks stand on. Only <c>route_localnet</c> is set on them, and that they are up.</summary>
internal sealed class AdoptedBridgeKind(AdoptedSettings adopted) : ObjectKind<AdoptedBridge>
{
    private const string Kind = "bridge";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(AdoptedBridge desired) =>
    [
        new ActionStep(ApplyPhase.Bridges, desired, () => $"ip link set dev {desired.Name} up")
        {
            Do = session => Use(desired, session),
        },
        .. RouteLoopback(desired),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(AdoptedBridge from, AdoptedBridge to) => RouteLoopback(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(AdoptedBridge desired) => RouteLoopback(desired);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(AdoptedBridge desired, RemovalScope scope)
    {
        string path = PathOf(desired);
        if (!desired.RoutesLoopback || !adopted.All().TryGetValue(path, out AdoptedSetting? setting))
        {
            return [];
        }

        return
        [
            new ActionStep(ApplyPhase.LinkSettings, desired, () => IpCommand.WriteSetting(NamespaceRef.Host, path, setting.Before))
            {
                Do = _ =>
                {
                    adopted.PutBack(path);
                    return null;
                },
            },
        ];
    }

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<AdoptedBridge> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (AdoptedBridge wanted in desired)
        {
            if (kernel.Host.Link(wanted.Name) is not { } link)
            {
                difference.Obstacle($"{NotThere(wanted.Name)}; what needs it waits until netctl doctor --fix finds it");
                difference.Absent(wanted);
            }
            else if (Conflict(wanted, kernel) is { } problem)
            {
                difference.Conflict(wanted, problem);
            }
            else
            {
                difference.Different(wanted, Deviations(wanted, kernel));
                foreach (string obstacle in Obstacles(wanted, link, kernel.Host))
                {
                    difference.Obstacle(obstacle);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Conflict(AdoptedBridge desired, ObservedKernel kernel) =>
        kernel.Host.Link(desired.Name) is { } link ? Problem(link) : null;

    private static string NotThere(string bridge) =>
        $"bridge {bridge}, which another program made, is not there: bring it back, or remove the network and create it on another";

    private static string? Problem(LinkMessage link) => link.Info?.Kind == Kind
        ? null
        : $"name {link.Name} is used by a device of kind {link.Info?.Kind ?? "physical"}, and was a bridge";

    private static Action? Use(AdoptedBridge desired, KernelSession session)
    {
        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        LinkMessage link = host.GetLink(desired.Name) ?? throw new CnmException(CnmErrorKind.Unavailable, NotThere(desired.Name));
        if (Problem(link) is { } problem)
        {
            throw new CnmException(CnmErrorKind.Conflict, $"bridge {desired.Name}: {problem}; choose another");
        }

        if (link.IsUp)
        {
            return null;
        }

        host.Execute(LinkRequests.SetUp(link.Index, up: true));
        return () => host.Execute(LinkRequests.SetUp(link.Index, up: false));
    }

    private static IEnumerable<string> Deviations(AdoptedBridge wanted, ObservedKernel kernel)
    {
        if (wanted.RoutesLoopback && kernel.Host.Setting(PathOf(wanted)) is { } value && value != "1")
        {
            yield return $"{PathOf(wanted)} is {value}";
        }
    }

    private static IEnumerable<string> Obstacles(AdoptedBridge wanted, LinkMessage link, ObservedNamespace host)
    {
        if (!link.IsUp)
        {
            yield return $"bridge {wanted.Name}, which another program made, is down: containers on it reach nothing until it is set up";
        }

        foreach (IPAddress gateway in new[] { wanted.IPv4Gateway, wanted.IPv6Gateway }.OfType<IPAddress>())
        {
            if (!host.Addresses.Any(address => address.Header.LinkIndex == link.Index && gateway.Equals(address.OwnAddress)))
            {
                yield return $"bridge {wanted.Name}, which another program made, has lost the address {gateway}, which is the gateway of "
                    + "its containers: give it back (ip address add)";
            }
        }
    }

    private static string PathOf(AdoptedBridge desired) => $"net/ipv4/conf/{desired.Name}/route_localnet";

    private IEnumerable<Step> RouteLoopback(AdoptedBridge desired)
    {
        if (desired.RoutesLoopback)
        {
            string path = PathOf(desired);
            yield return new SettingStep(ApplyPhase.LinkSettings, desired, NamespaceRef.Host, path, "1")
            {
                Undoable = true,
                Remember = before => adopted.Remember(path, before, "1"),
            };
        }
    }
}
