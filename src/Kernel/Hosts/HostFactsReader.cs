using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Hosts;
using Net.Kernel.Addresses;
using Net.Kernel.Links;
using Net.Kernel.Sysctls;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Netlink.Routes;

namespace Net.Kernel.Hosts;

/// <summary>Reads the facts about the host that drivers and the planner need, from its tables and some settings.</summary>
internal static class HostFactsReader
{
    private const string TunKind = "tun"; // DRV_NAME in drivers/net/tun.c

    /// <summary>Reads them; the settings in the calling thread's namespace.</summary>
    /// <param name="host">The tables of that namespace.</param>
    /// <param name="priors">The values that adopted settings had before.</param>
    public static HostFacts Read(HostTables host, IReadOnlyDictionary<string, string> priors)
    {
        IReadOnlyDictionary<int, LinkMessage> links = host.Links;
        bool IsOurs(int? index) => index is { } known && links.TryGetValue(known, out LinkMessage? link) && LinkMark.IsOurs(link);

        RouteMessage[] all = [.. host.Routes.Where(route => route.Table == RouteHeader.MainTable)];
        RouteMessage[] routes = [.. all.Where(route => !IsOurs(route.OutputInterfaceIndex))];
        RouteMessage[] local = [.. host.Routes.Where(route => route.Table == RouteHeader.LocalTable)];
        HostRoute[] subnets = [.. routes.Where(IsRouteToSubnet).Select(route => Of(route, links)).Distinct()];
        HashSet<int> uplinked = [.. links.Values.Where(link => !ConnectsGuest(link)).Select(link => link.MasterIndex).OfType<int>()];
        (ushort first, ushort last) = PortRange(SettingFile.TryRead("net/ipv4/ip_local_port_range"));
        return new HostFacts
        {
            EgressMtu = EgressMtu(routes, links),
            Routes = [.. subnets, .. LoneAddresses(local.Where(route => !IsOurs(route.OutputInterfaceIndex)), subnets, links)],
            BroadcastAddresses = BroadcastAddresses(local).ToHashSet(),
            OwnRoutes =
            [
                .. all.Where(route => IsOurs(route.OutputInterfaceIndex) && IsRouteToSubnet(route))
                    .Select(route => new OwnRoute(Of(route, links), links[route.OutputInterfaceIndex!.Value].Alias ?? "")),
            ],
            AdvertisedLinks = [.. AdvertisedLinks(links.Values, Forwarding("net/ipv6/conf/all/forwarding", priors))],
            ForeignLinks = links.Values.Where(link => !LinkMark.IsOurs(link)).Select(link => link.Name!).ToHashSet(StringComparer.Ordinal),
            Links = links.Values.Where(link => !LinkGrave.Is(link)).Select(link => link.Name!).ToHashSet(StringComparer.Ordinal),
            ForeignBridges =
            [
                .. links.Values.Where(link => !LinkMark.IsOurs(link) && link.Info?.Kind == BridgeSettings.Kind)
                    .Select(link => new HostBridge(link.Name!, (int)(link.Mtu ?? 0)) { HasGuestsOnly = !uplinked.Contains(link.Index) }),
            ],
            ForeignAddresses =
            [
                .. host.Addresses
                    .Where(found => !IsOurs(found.Header.LinkIndex) && !AddressMark.IsOurs(found)
                        && found.OwnAddress is { IsIPv6LinkLocal: false } && links.ContainsKey(found.Header.LinkIndex))
                    .Select(found => new HostAddress(
                        links[found.Header.LinkIndex].Name!, new InterfaceAddress(found.OwnAddress!, found.Header.PrefixLength))),
            ],
            FirstLocalPort = first,
            LastLocalPort = last,
            ReservedPorts = Ports(SettingFile.TryRead("net/ipv4/ip_local_reserved_ports") ?? "").ToHashSet(),
            IPv4Forwarding = Forwarding("net/ipv4/ip_forward", priors),
            IPv6Forwarding = Forwarding("net/ipv6/conf/all/forwarding", priors),
            IPv6Available = SettingFile.HasIPv6,
        };
    }

    /// <summary>Reads a list such as <c>8080,9148-9150</c>; empty text is an empty list.</summary>
    internal static IEnumerable<ushort> Ports(string text)
    {
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int port = int.Parse(ends[0], CultureInfo.InvariantCulture); port <= last; port++)
            {
                yield return (ushort)port;
            }
        }
    }

    // Addresses of the host outside of every subnet that it is on, such as 10.0.0.1/32: each is a subnet of its own.
    private static IEnumerable<HostRoute> LoneAddresses(
        IEnumerable<RouteMessage> local, IReadOnlyList<HostRoute> subnets, IReadOnlyDictionary<int, LinkMessage> links) => local
        .Where(route => route.Header.Type == RouteType.Local && route.Destination is { } address
            && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal
            && !subnets.Any(subnet => subnet.IsConnected && subnet.Destination.Contains(address)))
        .Select(route => Of(route, links) with
        {
            Link = links.GetValueOrDefault(route.OutputInterfaceIndex ?? 0)?.Name,
        })
        .Where(route => route.Destination.PrefixLength == route.Destination.BaseAddress.GetAddressBytes().Length * 8)
        .Distinct();

    // The kinds of link by which a container or a virtual machine is a port of a bridge; TunKind is both of tun and tap.
    private static bool ConnectsGuest(LinkMessage link) => link.Info?.Kind is VethSettings.Kind or TunKind;

    // The kernel keeps a route of this type for each broadcast address on which it receives: fib_add_ifaddr in net/ipv4/fib_frontend.c.
    private static IEnumerable<IPAddress> BroadcastAddresses(IEnumerable<RouteMessage> local) => local
        .Where(static route => route.Header.Type == RouteType.Broadcast)
        .Select(static route => route.Destination)
        .OfType<IPAddress>();

    // A blackhole, unreachable or prohibit route is one as well: it leads to nowhere, on purpose.
    private static bool IsRouteToSubnet(RouteMessage route) =>
        route.Header.Type is RouteType.Unicast or RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit;

    private static HostRoute Of(RouteMessage route, IReadOnlyDictionary<int, LinkMessage> links)
    {
        IPAddress any = route.Header.Family == RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any;
        return new HostRoute(
            new IPNetwork(route.Destination ?? any, route.Header.DestinationLength),
            route.Header.Type == RouteType.Unicast ? links.GetValueOrDefault(route.OutputInterfaceIndex ?? 0)?.Name : null,
            route.Gateway);
    }

    private static int? EgressMtu(IEnumerable<RouteMessage> routes, IReadOnlyDictionary<int, LinkMessage> links) => routes
        .Where(route => route.Header is { DestinationLength: 0, Type: RouteType.Unicast })
        .OrderBy(route => route.Header.Family).ThenBy(route => route.Metric ?? 0)
        .Select(route => links.GetValueOrDefault(route.OutputInterfaceIndex ?? 0)?.Mtu)
        .Where(mtu => mtu is not null)
        .Select(mtu => (int?)mtu)
        .FirstOrDefault();

    // accept_ra=1 means yes on a link that does not forward, and no on one that does (ip-sysctl.rst). On a host that forwards by its
    // administrator's will the links with 1 do not accept any, and that stays. Where a program reads router advertisements in place of the
    // kernel, accept_ra is 0 and must stay 0.
    private static IEnumerable<string> AdvertisedLinks(IEnumerable<LinkMessage> links, ForwardingState forwarding)
    {
        if (forwarding == ForwardingState.On || !SettingFile.HasIPv6)
        {
            return [];
        }

        return links.Where(link => !LinkMark.IsOurs(link) && !link.Header.Flags.HasFlag(LinkFlags.Loopback))
            .Select(link => link.Name!)
            .Order(StringComparer.Ordinal)
            .Where(link => SettingFile.TryRead($"net/ipv6/conf/{link}/accept_ra") switch
            {
                "1" => forwarding == ForwardingState.OnByUs || SettingFile.TryRead($"net/ipv6/conf/{link}/forwarding") == "0",
                "2" => true,
                _ => false,
            });
    }

    private static ForwardingState Forwarding(string setting, IReadOnlyDictionary<string, string> priors) =>
        SettingFile.TryRead(setting) switch
        {
            null or "0" => ForwardingState.Off,
            _ => priors.GetValueOrDefault(setting) == "0" ? ForwardingState.OnByUs : ForwardingState.On,
        };

    private static (ushort First, ushort Last) PortRange(string? text)
    {
        var kernelDefault = new HostFacts();
        string[] ends = (text ?? "").Split(' ');
        return ends.Length == 2
            && ushort.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort first)
            && ushort.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort last)
                ? (first, last)
                : (kernelDefault.FirstLocalPort, kernelDefault.LastLocalPort);
    }
}
