using System.Net;
using Net.Cnm.Findings;
using Net.Kernel.Observations;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Routes;

namespace Net.Kernel.Surveys;

/// <summary>Asks the kernel which way packets of the host go (RTM_GETROUTE), policy rules and all tables included.</summary>
internal static class RouteSurvey
{
    /// <summary>The ways to these addresses.</summary>
    public static IReadOnlyList<SurveyedRoute> Read(
        NetlinkConnection connection, ObservedNamespace host, IReadOnlyCollection<IPAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            return [];
        }

        IPAddress[] asked = [.. addresses.Distinct()];
        IReadOnlyList<PipelineResult> answers = connection.Pipeline(Array.ConvertAll(asked, one => RouteRequests.Lookup(one, match: true)));
        Lazy<IReadOnlyList<RouteMessage>> all = new(() => connection.DumpRoutes());
        return [.. asked.Zip(answers).Select(pair => Of(pair.First, pair.Second, host, all))];
    }

    private static SurveyedRoute Of(IPAddress address, PipelineResult answer, ObservedNamespace host, Lazy<IReadOnlyList<RouteMessage>> all)
    {
        bool isDropped = answer.Error is { Errno: var errno } && IsOfDrop(errno) && FamilyOf(address) == RouteFamily.IPv4;
        RouteMessage? route = answer.Error is null && answer.Replies.Count > 0
            ? RouteMessage.Decode(answer.Replies[0].Payload.Span)
            : isDropped ? Dropping(address, all.Value) : null;
        return route is null
            ? new SurveyedRoute(address, null) { IsDroppedByRule = isDropped }
            : new SurveyedRoute(address, IsDrop(route) ? null : LinkOf(route, host))
            {
                Route = Words(address, route, host),
                Destination = Destination(address, route),

                // Without policy rules the kernel has the routes of both tables in one, which it calls main (fib_unmerge).
                Table = route.Header.Type == RouteType.Local ? RouteHeader.LocalTable : route.Table,
            };
    }

    // The errors of blackhole, prohibit and unreachable, of routes and of policy rules (fib_props in net/ipv4/fib_semantics.c). IPv6
    // answers with the route itself.
    private static bool IsOfDrop(Errno errno) =>
        errno == Errno.InvalidArgument || errno == Errno.AccessDenied || errno == Errno.HostUnreachable;

    // Where an IPv4 route drops its packets, the answer is that error and not the route.
    private static RouteMessage? Dropping(IPAddress address, IReadOnlyList<RouteMessage> all) => all
        .Where(route => IsDrop(route) && route.Header.Family == FamilyOf(address) && Destination(address, route).Contains(address))
        .MaxBy(route => route.Header.DestinationLength);

    private static bool IsDrop(RouteMessage route) =>
        route.Header.Type is RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit;

    private static string? LinkOf(RouteMessage route, ObservedNamespace host) =>
        route.OutputInterfaceIndex is { } index ? host.Link(index)?.Name : null;

    private static IPNetwork Destination(IPAddress address, RouteMessage route) => new(
        route.Destination ?? (FamilyOf(address) == RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any), route.Header.DestinationLength);

    private static string Words(IPAddress address, RouteMessage route, ObservedNamespace host) => string.Concat(
        route.Header.Type == RouteType.Unicast ? "" : $"{route.Header.Type.ToString().ToLowerInvariant()} ",
        Destination(address, route).ToString(),
        route.Gateway is { } gateway ? $" via {gateway}" : "",
        !IsDrop(route) && LinkOf(route, host) is { } link ? $" dev {link}" : "");

    private static RouteFamily FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? RouteFamily.IPv4 : RouteFamily.IPv6;
}
