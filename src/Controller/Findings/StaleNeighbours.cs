using Net.Cnm.DesiredState;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds permanent neighbour entries, of the host or in a container, that have another Ethernet address for a container than it
/// has.</summary>
/// <remarks>The entries that this program makes are desired state: a wrong one is a difference. Entries that are not permanent mend
/// themselves, since the kernel asks anew.</remarks>
internal static class StaleNeighbours
{
    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        HashSet<(NamespaceRef Namespace, string Link, System.Net.IPAddress Address)> ours =
        [
            .. facts.Desired.OfType<NeighbourObject>().Select(entry => (entry.Namespace, entry.Link, entry.Address)),
        ];
        foreach (SurveyedNeighbour entry in facts.Survey.Neighbours)
        {
            string? bridge = BridgeOf(facts, entry);
            ContainerStation? station = facts.Stations.FirstOrDefault(
                station => station.Address.Equals(entry.Address) && (bridge is null || station.Bridge == bridge));
            if (station is null || station.MacAddress == entry.MacAddress || ours.Contains((entry.Namespace, entry.Link, entry.Address)))
            {
                continue;
            }

            // On a link that leads to no bridge of the container's, an entry matters only if packets are sent that way.
            if (bridge is not null)
            {
                yield return Of(entry, station);
            }
            else if (entry.Namespace.IsHost && WayTo(facts, entry) == entry.Link)
            {
                yield return Of(entry, station);
            }
            else if (entry.Namespace.IsHost && facts.Bridge(entry.Link) is null)
            {
                yield return Of(entry, station) with { Grade = FindingGrade.Note };
            }
        }
    }

    private static string? WayTo(FindingFacts facts, SurveyedNeighbour entry) =>
        facts.Survey.Routes.FirstOrDefault(route => route.Address.Equals(entry.Address))?.Link;

    private static string? BridgeOf(FindingFacts facts, SurveyedNeighbour entry) => entry.Namespace.IsHost
        ? facts.Bridge(entry.Link)?.Name
        : facts.Desired.OfType<VethPair>()
            .FirstOrDefault(pair => pair.PeerNamespace == entry.Namespace && pair.PeerName == entry.Link)?.Bridge;

    private static Finding Of(SurveyedNeighbour entry, ContainerStation station)
    {
        string ip = entry.Namespace.IsHost ? "ip" : $"ip -n {entry.Namespace}";
        string whose = entry.Namespace.IsHost ? "the host" : $"container {entry.Namespace}";
        return new Finding
        {
            Kind = FindingKinds.StaleNeighbour,
            Object = station.Container,
            Cause = $"{whose} has a permanent neighbour entry by which {entry.Address} is at {entry.MacAddress} on {entry.Link}, but " +
                $"{station.Container} has the Ethernet address {station.MacAddress}, so what {whose} sends to it is lost",
            Look = $"{ip} neigh show {entry.Address} dev {entry.Link}",
            Remedy = $"{ip} neigh del {entry.Address} dev {entry.Link}",
        };
    }
}
