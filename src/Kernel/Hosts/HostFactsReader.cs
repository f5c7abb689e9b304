using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Hosts;
using Net.Kernel.Addresses;
using Net.Kernel.Links;
using Net.Kernel.Sysctls;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Netlink.Routes;

namespace Net.Kernel.Hosts;

/// <summary>Reads the facts about the host that drivers and the planner need, from its tables and some settings. What does not depend on
/// our links is worked out once for each dump of the tables.</summary>
/// <remarks>For one thread at a time.</remarks>
/// <param name="tables">The tables of the daemon's namespace.</param>
/// <param name="home">That namespace.</param>
internal sealed class HostFactsReader(HostTables tables, NetworkNamespace home) : IDisposable
{
    private const string TunKind = "tun"; // DRV_NAME in drivers/net/tun.c

    private readonly KeptSettings _settings = new(home);
    private HostFacts _ofOthers = new();
    private int _dump;

    /// <summary>Reads them.</summary>
    /// <param name="adopted">The settings that this program has changed, by their paths.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public HostFacts Read(IReadOnlyDictionary<string, AdoptedSetting> adopted)
    {
        tables.Refresh();
        if (_dump != tables.Dumps)
        {
            _settings.CloseGone();
            _ofOthers = OfOthers(tables);
            _dump = tables.Dumps;
        }

        (ushort first, ushort last) = PortRange(_settings.TryRead("net/ipv4/ip_local_port_range"));
        ForwardingState ipv6 = Forwarding(SpreadSettings.IPv6, adopted);
        HostFacts facts = _ofOthers with
        {
            BroadcastAddresses = tables.Routes.Where(IsBroadcast).Select(static route => route.Destination).OfType<IPAddress>().ToHashSet(),
            OwnRoutes =
            [
                .. tables.Routes.Where(IsRouteToSubnet)
                    .Where(route => IsOurs(tables, route.OutputInterfaceIndex))
                    .Select(route => new OwnRoute(
                        Of(route, tables), tables.Links[route.OutputInterfaceIndex!.Value].Message.Alias ?? "")),
            ],
            AdvertisedLinks = [.. AdvertisedLinks(_ofOthers.AdvertisedLinks, ipv6, adopted)],
            Links = tables.Links.Values.Where(static link => !LinkGrave.Is(link.Message)).Select(static link => link.Name)
                .ToHashSet(StringComparer.Ordinal),
            FirstLocalPort = first,
            LastLocalPort = last,
            ReservedPorts = Ports(_settings.TryRead("net/ipv4/ip_local_reserved_ports") ?? "").ToHashSet(),
            IPv4Forwarding = Forwarding(SpreadSettings.IPv4, adopted),
            IPv6Forwarding = ipv6,
            IPv6Available = SettingFile.HasIPv6,
        };
        if (tables.ForgetIfLarge())
        {
            _ofOthers = new HostFacts();
        }

        return facts;
    }

    /// <inheritdoc/>
    public void Dispose() => _settings.Dispose();

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

    // What depends on our links alone, or on settings, is left out; AdvertisedLinks has all links that might be.
    private static HostFacts OfOthers(HostTables host)
    {
        RouteMessage[] others = [.. host.Routes.Where(route => !IsOurs(host, route.OutputInterfaceIndex))];
        RouteMessage[] routes = [.. others.Where(static route => route.Table == RouteHeader.MainTable)];
        HostRoute[] subnets = [.. routes.Where(IsRouteToSubnet).Select(route => Of(route, host)).Distinct()];
        HostLink[] links = [.. host.Links.Values.Where(static link => !link.IsOurs)];
        HashSet<int> uplinked =
            [.. host.Links.Values.Where(link => !ConnectsGuest(link.Message)).Select(link => link.Message.MasterIndex).OfType<int>()];
        return new HostFacts
        {
            EgressMtu = EgressMtu(routes, host),
            Routes = [.. subnets, .. LoneAddresses(others.Where(static route => route.Table == RouteHeader.LocalTable), subnets, host)],
            AdvertisedLinks =
            [
                .. links.Where(static link => !link.Message.Header.Flags.HasFlag(LinkFlags.Loopback)).Select(static link => link.Name)
                    .Order(StringComparer.Ordinal),
            ],
            ForeignLinks = links.Select(static link => link.Name).ToHashSet(StringComparer.Ordinal),
            ForeignBridges =
            [
                .. links.Where(static link => link.Message.Info?.Kind == BridgeSettings.Kind)
                    .Select(link => new HostBridge(link.Name, (int)(link.Message.Mtu ?? 0))
                    {
                        HasGuestsOnly = !uplinked.Contains(link.Message.Index),
                    }),
            ],
            ForeignAddresses =
            [
                .. host.Addresses
                    .Where(found => !IsOurs(host, found.Header.LinkIndex) && !AddressMark.IsOurs(found)
                        && found.OwnAddress is { IsIPv6LinkLocal: false } && host.Links.ContainsKey(found.Header.LinkIndex))
                    .Select(found => new HostAddress(
                        host.Links[found.Header.LinkIndex].Name,
                        new InterfaceAddress(found.OwnAddress!, found.Header.PrefixLength))),
            ],
        };
    }

    private static bool IsOurs(HostTables host, int? index) =>
        index is { } known && host.Links.TryGetValue(known, out HostLink link) && link.IsOurs;

    private static LinkMessage? LinkOf(RouteMessage route, HostTables host) =>
        host.Links.TryGetValue(route.OutputInterfaceIndex ?? 0, out HostLink link) ? link.Message : null;

    // Addresses of the host outside of every subnet that it is on, such as 10.0.0.1/32: each is a subnet of its own.
    private static IEnumerable<HostRoute> LoneAddresses(
        IEnumerable<RouteMessage> local, IReadOnlyList<HostRoute> subnets, HostTables host) => local
        .Where(route => route.Header.Type == RouteType.Local && route.Destination is { } address
            && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal
            && !subnets.Any(subnet => subnet.IsConnected && subnet.Destination.Contains(address)))
        .Select(route => Of(route, host) with { Link = LinkOf(route, host)?.Name })
        .Where(route => route.Destination.PrefixLength == route.Destination.BaseAddress.GetAddressBytes().Length * 8)
        .Distinct();

    // The kinds of link by which a container or a virtual machine is a port of a bridge; TunKind is both of tun and tap.
    private static bool ConnectsGuest(LinkMessage link) => link.Info?.Kind is VethSettings.Kind or TunKind;

    // The kernel keeps a route of this type for each broadcast address on which it receives: fib_add_ifaddr in net/ipv4/fib_frontend.c.
    private static bool IsBroadcast(RouteMessage route) =>
        route is { Table: RouteHeader.LocalTable, Header.Type: RouteType.Broadcast };

    // A blackhole, unreachable or prohibit route is one as well: it leads to nowhere, on purpose.
    private static bool IsRouteToSubnet(RouteMessage route) => route.Table == RouteHeader.MainTable
        && route.Header.Type is RouteType.Unicast or RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit;

    private static HostRoute Of(RouteMessage route, HostTables host)
    {
        IPAddress any = route.Header.Family == RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any;
        return new HostRoute(
            new IPNetwork(route.Destination ?? any, route.Header.DestinationLength),
            route.Header.Type == RouteType.Unicast ? LinkOf(route, host)?.Name : null,
            route.Gateway);
    }

    private static int? EgressMtu(IEnumerable<RouteMessage> routes, HostTables host) => routes
        .Where(route => route.Header is { DestinationLength: 0, Type: RouteType.Unicast })
        .OrderBy(route => route.Header.Family).ThenBy(route => route.Metric ?? 0)
        .Select(route => LinkOf(route, host)?.Mtu)
        .Where(mtu => mtu is not null)
        .Select(mtu => (int?)mtu)
        .FirstOrDefault();

    // accept_ra=1 means yes on a link that does not forward, and no on one that does (ip-sysctl.rst). On a host that forwards by its
    // administrator's will the links with 1 do not accept any, and that stays. Where a program reads router advertisements in place of the
    // kernel, accept_ra is 0 and must stay 0.
    private IEnumerable<string> AdvertisedLinks(
        IEnumerable<string> links, ForwardingState forwarding, IReadOnlyDictionary<string, AdoptedSetting> adopted)
    {
        if (forwarding == ForwardingState.On || !SettingFile.HasIPv6)
        {
            return [];
        }

        Func<string, string?> forwardingOf = forwarding == ForwardingState.OnByUs
            ? ForwardingBefore(adopted)
            : link => _settings.TryRead($"net/ipv6/conf/{link}/forwarding");
        return links.Where(link => _settings.TryRead($"net/ipv6/conf/{link}/accept_ra") switch
        {
            "1" => forwardingOf(link) == "0",
            "2" => true,
            _ => false,
        });
    }

    // Once this program has turned forwarding on for all links, what a link has itself says nothing of what it had, or would have.
    private Func<string, string?> ForwardingBefore(IReadOnlyDictionary<string, AdoptedSetting> adopted)
    {
        string ofOthers = adopted.GetValueOrDefault(SpreadSettings.IPv6Default)?.Before ?? "0";
        var ofLinks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, AdoptedSetting setting) in adopted)
        {
            if (SpreadSettings.SourceOf(path) == SpreadSettings.IPv6 && setting.Link is { } index
                && tables.Links.TryGetValue(index, out HostLink link))
            {
                ofLinks[link.Name] = setting.Before;
            }
        }

        return link => ofLinks.GetValueOrDefault(link, ofOthers);
    }

    private ForwardingState Forwarding(string setting, IReadOnlyDictionary<string, AdoptedSetting> adopted) =>
        _settings.TryRead(setting) switch
        {
            null or "0" => ForwardingState.Off,
            _ => adopted.GetValueOrDefault(setting)?.Before == "0" ? ForwardingState.OnByUs : ForwardingState.On,
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
