using System.Net;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds containers whose packets the kernel sends elsewhere than to their bridge, because of a route or a policy rule of another
/// program, such as that of a VPN.</summary>
internal static class HiddenSubnets
{
    private const uint MainTable = 254; // RT_TABLE_MAIN
    private const uint LocalTable = 255; // RT_TABLE_LOCAL

    /// <summary>The addresses to ask the kernel about: those of containers in a subnet that the host has on their bridge.</summary>
    public static IEnumerable<IPAddress> AddressesOf(FindingFacts facts) => facts.Stations
        .Where(station => SubnetOf(facts, station) is not null)
        .Select(station => station.Address);

    /// <summary>One finding for each network and route.</summary>
    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        ILookup<IPAddress, SurveyedRoute> routes = facts.Survey.Routes.ToLookup(route => route.Address);
        return facts.Stations
            .Select(station => (Station: station, Subnet: SubnetOf(facts, station), Route: routes[station.Address].FirstOrDefault()))
            .Where(way => way is { Subnet: { } subnet, Route: { } route } && (route.IsDroppedByRule || Hides(route, subnet, way.Station)))
            .GroupBy(way => (way.Station.Bridge, way.Route!.Route, way.Route.Table))
            .Select(group => Of(
                facts, group.Key.Bridge, group.First().Subnet!.Value, group.First().Route!, [.. group.Select(way => way.Station)]));
    }

    // Without the route of the subnet itself, packets go by a default route. That is a difference of our own objects.
    private static bool Hides(SurveyedRoute route, IPNetwork subnet, ContainerStation station) =>
        route is { Route: not null, Destination: { } destination, Table: not LocalTable } && route.Link != station.Bridge
        && (route.Table != MainTable || destination.PrefixLength >= subnet.PrefixLength);

    private static IPNetwork? SubnetOf(FindingFacts facts, ContainerStation station) =>
        facts.Bridge(station.Bridge)?.Subnets.Where(subnet => subnet.Contains(station.Address)).Cast<IPNetwork?>().FirstOrDefault();

    private static Finding Of(
        FindingFacts facts, string bridge, IPNetwork subnet, SurveyedRoute route, IReadOnlyList<ContainerStation> stations)
    {
        string family = route.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ip -6" : "ip";
        string who = string.Join(", ", stations.Take(3).Select(station => $"{station.Address} ({station.Container})"));
        string more = stations.Count > 3 ? $" and {stations.Count - 3} more" : "";
        if (route.IsDroppedByRule)
        {
            return new Finding
            {
                Kind = FindingKinds.HiddenSubnet,
                Object = facts.Bridge(bridge)!.Words,
                Cause = $"a policy rule drops what the host sends to {who}{more}, which is on the bridge {bridge}, so neither the " +
                    "host nor published ports reach it",
                Look = $"{family} rule show",
                Remedy = $"{family} rule add to {subnet} lookup main pref 1",
            };
        }

        string where = route.Table == MainTable ? "the main table" : $"table {route.Table}, to which a policy rule leads,";
        return new Finding
        {
            Kind = FindingKinds.HiddenSubnet,
            Object = facts.Bridge(bridge)!.Words,
            Cause = $"the route {route.Route} in {where} takes what the host sends to {who}{more}, which is on the bridge {bridge}, so " +
                "neither the host nor published ports reach it",
            Look = route.Link is null
                ? $"{family} route show table all to match {route.Address}" // what drops its packets is not answered by get
                : $"{family} route get {route.Address} fibmatch",
            Remedy = route.Table == MainTable ? $"{family} route del {route.Route}" : $"{family} rule add to {subnet} lookup main pref 1",
        };
    }
}
