using Net.Cnm.DesiredState;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds links that pass larger packets than what comes after them: those of a network above the host's way out, and the ends of a
/// container's pair of links that differ.</summary>
internal static class WrongMtus
{
    private const string Option = "com.docker.network.driver.mtu";
    private const int MinimumForIPv6 = 1280; // IPV6_MIN_MTU

    public static IEnumerable<Finding> Find(FindingFacts facts) =>
        facts.Bridges.Where(bridge => bridge.ReachesOut).Select(bridge => AboveWayOut(facts, bridge)).OfType<Finding>()
            .Concat(facts.Desired.OfType<VethPair>().Select(pair => BetweenEnds(facts, pair)).OfType<Finding>());

    private static Finding? AboveWayOut(FindingFacts facts, NetworkBridge bridge)
    {
        if (facts.Host.EgressMtu is not { } egress || facts.HostLink(bridge.Name) is not { } link || link.Mtu <= egress)
        {
            return null;
        }

        string uplink = facts.Uplinks.FirstOrDefault(name => facts.HostLink(name)?.Mtu == egress)
            ?? (facts.Uplinks is [{ } first, ..] ? first : "");
        bool isChosen = bridge.IsAdopted || bridge.Network.Options.ContainsKey(Option); // by its owner, or by who made the network
        bool isLeast = bridge.Network.EnableIPv6 && link.Mtu == MinimumForIPv6;
        return new Finding
        {
            Kind = FindingKinds.WrongMtu,
            Grade = isChosen || isLeast ? FindingGrade.Note : FindingGrade.Error,
            Object = bridge.Words,
            Cause = $"the links of the network have an MTU of {link.Mtu} bytes, but the host's way out by {uplink} has {egress}, so " +
                "large packets of containers depend on path MTU discovery, and connections hang where a firewall drops its messages",
            Look = $"ip link show dev {uplink}",
            Remedy = $"ip link set dev {uplink} mtu {link.Mtu}, if all that is behind it can take that; else create the network anew " +
                $"with -o {Option}={egress}",
        };
    }

    private static Finding? BetweenEnds(FindingFacts facts, VethPair pair)
    {
        SurveyedLink? inside = facts.Survey.Links.FirstOrDefault(
            link => link.Namespace == pair.PeerNamespace && link.Name == pair.PeerName);

        // Where the MTU is desired state, another one is a difference.
        if (pair.Mtu is not null || inside is null
            || facts.HostLink(pair.Name) is not { } outside || facts.HostLink(pair.Bridge) is not { } bridge)
        {
            return null;
        }

        int wanted = bridge.Mtu;
        if (inside.Mtu == wanted && outside.Mtu == wanted)
        {
            return null;
        }

        // A container that takes less than its bridge says so in its connections; one that sends more is not heard.
        bool isSmall = inside.Mtu <= wanted && outside.Mtu >= inside.Mtu;
        return new Finding
        {
            Kind = FindingKinds.WrongMtu,
            Grade = isSmall ? FindingGrade.Note : FindingGrade.Error,
            Object = facts.NameOf(pair.Owner),
            Cause = $"its link {pair.PeerName} has an MTU of {inside.Mtu} bytes, the other end {pair.Name} has {outside.Mtu} and the " +
                $"bridge {pair.Bridge} {bridge.Mtu}, so packets larger than the smallest of these are dropped without a word",
            Look = $"ip -n {pair.PeerNamespace} link show dev {pair.PeerName}; ip link show dev {pair.Name}",
            Remedy = inside.Mtu != wanted
                ? $"ip -n {pair.PeerNamespace} link set dev {pair.PeerName} mtu {wanted}"
                : $"ip link set dev {pair.Name} mtu {wanted}",
            Repair = isSmall ? null : pair with { Mtu = wanted },
        };
    }
}
