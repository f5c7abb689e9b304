using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Plugins;
using Net.Plugins.Wire;

namespace Net.Plugins.Networks;

/// <summary>Reads the answer to <c>NetworkDriver.Join</c>, and believes nothing of it that cannot be.</summary>
internal static class JoinReading
{
    private const int LongestName = 15; // IFNAMSIZ less the terminating zero
    private const int LongestPrefix = 12; // leaves room for a number

    /// <summary>Reads the answer.</summary>
    /// <exception cref="CnmException">Internal: a name is no interface name, or an address is none.</exception>
    public static PluggedEndpoint Read(string plugin, JoinAnswer answer)
    {
        string? source = OrNull(answer.InterfaceName?.SrcName);
        string? prefix = OrNull(answer.InterfaceName?.DstPrefix);
        Require(plugin, source is null || IsName(source, LongestName), "SrcName", source);
        Require(plugin, prefix is null || IsName(prefix, LongestPrefix), "DstPrefix", prefix);
        PluggedRoute[] routes = [.. (answer.StaticRoutes ?? []).Select(route => Route(plugin, route))];
        return new PluggedEndpoint
        {
            IsReady = true,
            SourceLink = source,
            InterfacePrefix = prefix,
            Gateway = answer.DisableGatewayService ? null
                : Gateway(plugin, answer.Gateway, "Gateway", ipv6: false) ?? DefaultOf(routes, ipv6: false),
            GatewayIPv6 = answer.DisableGatewayService ? null
                : Gateway(plugin, answer.GatewayIPv6, "GatewayIPv6", ipv6: true) ?? DefaultOf(routes, ipv6: true),
            Routes = routes.Length == 0 ? null : routes,
        };
    }

    // A default route is a gateway under another name.
    private static IPAddress? DefaultOf(IEnumerable<PluggedRoute> routes, bool ipv6) =>
        routes.FirstOrDefault(route => route.Destination.PrefixLength == 0
            && route.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 == ipv6)?.NextHop;

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The characters that the kernel refuses (dev_valid_name), and those that no program uses.
    private static bool IsName(string name, int longest) =>
        name.Length <= longest && name is not ("." or "..")
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '@');

    private static IPAddress? Gateway(string plugin, string? text, string field, bool ipv6)
    {
        if (OrNull(text) is not { } given)
        {
            return null;
        }

        bool isAddress = AddressParser.TryParse(given, out IPAddress address)
            && address.AddressFamily == AddressFamily.InterNetworkV6 == ipv6;
        Require(plugin, isAddress, field, given);
        return address;
    }

    private static PluggedRoute Route(string plugin, JoinRoute? given)
    {
        Require(plugin, given is not null, "a route", null);
        JoinRoute route = given!;
        bool isSubnet = IPNetwork.TryParse(route.Destination, out IPNetwork destination);
        Require(plugin, isSubnet, "Destination of a route", route.Destination);
        Require(plugin, route.RouteType is 0 or 1, "RouteType", FormattableString.Invariant($"{route.RouteType}"));
        return new PluggedRoute(
            destination,
            route.RouteType == 1
                ? null
                : Gateway(
                    plugin,
                    route.NextHop ?? "-",
                    "NextHop",
                    destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6));
    }

    private static void Require(string plugin, bool holds, string field, string? text)
    {
        if (!holds)
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"plug-in {plugin}: its answer to NetworkDriver.Join makes no sense: {field} is \"{PluginText.Shorten(text ?? "")}\"");
        }
    }
}
