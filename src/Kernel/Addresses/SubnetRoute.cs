using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Routes;
using Net.Kernel.Steps;
using Net.Netlink.Links;
using Net.Netlink.Routes;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Addresses;

/// <summary>The route to an address's own subnet, which the kernel adds with the address (fib_add_ifaddr, addrconf_prefix_route). When
/// somebody deletes it alone, only another request brings it back, and no gateway in that subnet is reachable until then.</summary>
internal static class SubnetRoute
{
    /// <summary>The metric that the kernel gives it (IP6_RT_PRIO_ADDRCONF); an IPv4 route has none.</summary>
    private const uint IPv6Metric = 256;

    /// <summary>Whether the kernel has lost it, and nothing else leads to the subnet. <paramref name="link"/> has the address.</summary>
    public static bool IsMissing(LinkAddress desired, LinkMessage link, ObservedNamespace seen)
    {
        // On a link that is down there is none, and for IPv6 none before the link's first carrier.
        return link.IsUp
            && (!desired.Address.IsIPv6 || link.FamilySettings?.IPv6Flags?.HasFlag(IPv6LinkFlags.Ready) == true)
            && desired.Address.PrefixLength < (desired.Address.IsIPv6 ? 128 : 32)
            && !seen.Routes.Any(route => RouteMark.Leads(route, desired.Address.Subnet));
    }

    /// <summary>The step that adds it as the kernel does.</summary>
    public static NetlinkStep Step(LinkAddress desired) => new(ApplyPhase.Routes, desired, () => Command(desired))
    {
        Namespace = desired.Namespace,
        Link = desired.Link,
        Request = (_, link) => RouteRequests.Add(
            desired.Address.Subnet,
            link,
            metric: desired.Address.IsIPv6 ? IPv6Metric : null,
            preferredSource: desired.Address.IsIPv6 ? null : desired.Address.Address,
            protocol: RouteProtocol.Kernel),
        OnRefusal = static (_, refusal) => refusal.Errno == Errno.Exists ? false : null,
    };

    private static string Command(LinkAddress desired) => desired.Address.IsIPv6
        ? $"{IpCommand.In(desired.Namespace)} -6 route add {desired.Address.Subnet} dev {desired.Link} proto kernel metric {IPv6Metric}"
        : $"{IpCommand.In(desired.Namespace)} route add {desired.Address.Subnet} dev {desired.Link} proto kernel scope link src " +
            $"{desired.Address.Address}";
}
