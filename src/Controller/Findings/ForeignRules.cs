using System.Net;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Controller.Findings;

/// <summary>Finds rules of other programs that take what passes between containers and the outside, or, where br_netfilter passes bridged
/// frames to the rules, between two containers of one network.</summary>
internal static class ForeignRules
{
    /// <summary>A few packets that must pass, for which the rules are looked through: for each published port the first of a connection,
    /// for each network what leaves it and the answer, and what one container on it sends to another.</summary>
    public static IEnumerable<SamplePacket> PacketsOf(FindingFacts facts) =>
        facts.Bridges.SelectMany(bridge => Inside(facts, bridge)).Concat(BetweenOutsideAnd(facts));

    private static IEnumerable<SamplePacket> BetweenOutsideAnd(FindingFacts facts)
    {
        foreach (string uplink in facts.Uplinks)
        {
            foreach (PublishedPort port in facts.Desired.OfType<PublishedPort>().Where(port => IsReachable(facts, port)))
            {
                yield return Request(facts, port, uplink) with { IsByFirstWay = facts.IsFirstWay(uplink) };
            }

            foreach (NetworkBridge bridge in facts.Bridges.Where(bridge => bridge.ReachesOut))
            {
                foreach (bool ipv6 in (bool[])[false, true])
                {
                    if (facts.Stations.FirstOrDefault(s => s.Bridge == bridge.Name && IsIPv6(s.Address) == ipv6) is { } station
                        && (ipv6 ? bridge.Policy!.GatewayModeIPv6 : bridge.Policy!.GatewayModeIPv4) != GatewayMode.Isolated)
                    {
                        yield return Leaving(bridge, station, uplink) with { IsByFirstWay = facts.IsFirstWay(uplink) };
                        yield return Answer(bridge, station, uplink) with { IsByFirstWay = facts.IsFirstWay(uplink) };
                    }
                }
            }
        }
    }

    /// <summary>One finding for each rule, the last of a chain first: whoever follows them in this order does not change the numbers of
    /// those to come.</summary>
    public static IEnumerable<Finding> Find(FindingFacts facts) => facts.Survey.Stopped
        .GroupBy(stopped => stopped.Rule)
        .OrderByDescending(group => group.First().Place)
        .Select(group => new Finding
        {
            Kind = FindingKinds.ForeignRule,
            Grade = group.Any(one => one.Packet.IsByFirstWay) ? FindingGrade.Error : FindingGrade.Note,
            Object = string.Join(", ", group.Select(one => one.Packet.Object).Distinct()),
            Cause = $"{group.Key} {string.Join(" and ", group.Select(one => one.Packet.Words).Distinct())}; it is not netctl's",
            Look = group.First().Look,
            Remedy = group.First().Remedy,
        });

    private static IEnumerable<SamplePacket> Inside(FindingFacts facts, NetworkBridge bridge) =>
        bridge.Policy is not { InterContainer: true } ? [] :
        from family in facts.Stations.Where(station => station.Bridge == bridge.Name).GroupBy(station => IsIPv6(station.Address))
        let pair = family.DistinctBy(station => station.HostLink).Take(2).ToArray()
        where pair.Length == 2
        select new SamplePacket
        {
            Object = bridge.Words,
            Words = $"what its containers send to each other (net.bridge.bridge-nf-call-{(family.Key ? "ip6tables" : "iptables")} is 1)",
            IsIPv6 = family.Key,
            InLink = bridge.Name,
            OutLink = bridge.Name,
            Source = pair[0].Address,
            Destination = pair[1].Address,
            IsBridged = true,
        };

    private static bool IsReachable(FindingFacts facts, PublishedPort port) =>
        !IPAddress.IsLoopback(port.HostAddress) && facts.Bridge(port.Bridge) is { Policy: { Internal: false } };

    private static SamplePacket Request(FindingFacts facts, PublishedPort port, string uplink) => new()
    {
        Object = facts.NameOf(port.Owner),
        Words = $"what comes in by {uplink} for its published port {port.HostPort}/{port.Protocol.ToWord()}",
        IsIPv6 = IsIPv6(port.ContainerAddress),
        InLink = uplink,
        OutLink = port.Bridge,
        FirstDestination = port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any) ? null : port.HostAddress,
        Destination = port.ContainerAddress,
        Protocol = port.Protocol,
        FirstPort = port.HostPort,
        Port = port.ContainerPort,
        IsTranslated = true,
    };

    private static SamplePacket Leaving(NetworkBridge bridge, ContainerStation station, string uplink) => new()
    {
        Object = bridge.Words,
        Words = $"what its containers send out by {uplink}{Family(station.Address)}",
        IsIPv6 = IsIPv6(station.Address),
        InLink = bridge.Name,
        OutLink = uplink,
        Source = station.Address,
    };

    private static SamplePacket Answer(NetworkBridge bridge, ContainerStation station, string uplink) => new()
    {
        Object = bridge.Words,
        Words = $"the answers that come in by {uplink}{Family(station.Address)}",
        IsIPv6 = IsIPv6(station.Address),
        InLink = uplink,
        OutLink = bridge.Name,
        Destination = station.Address,
        IsAnswer = true,
    };

    private static string Family(IPAddress address) => IsIPv6(address) ? " by IPv6" : "";

    private static bool IsIPv6(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
