using Net.Cnm.Addresses;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds two on one network that have the same IP address or the same Ethernet address: containers, the host, and what other
/// programs have connected to the bridge.</summary>
internal static class DuplicateAddresses
{
    private const uint LocalTable = 255; // RT_TABLE_LOCAL

    public static IEnumerable<Finding> Find(FindingFacts facts) =>
        Answering(facts).Concat(BehindOtherPorts(facts)).Concat(AmongContainers(facts)).Concat(OfTheHost(facts));

    private static IEnumerable<Finding> Answering(FindingFacts facts)
    {
        foreach (AddressClaim claim in facts.Survey.Claims)
        {
            if (StationOf(facts, claim) is not { } station || claim.MacAddress == station.MacAddress)
            {
                continue;
            }

            string? port = facts.Survey.Stations.FirstOrDefault(s => s.Bridge == claim.Bridge && s.MacAddress == claim.MacAddress)?.Port;
            yield return new Finding
            {
                Kind = FindingKinds.DuplicateAddress,
                Object = station.Container,
                Cause = $"its address {claim.Address} is claimed by {claim.MacAddress} too, a machine on the bridge {claim.Bridge}" +
                    $"{(port is null ? "" : $" behind the port {port}")} that is not netctl's, so its neighbours reach now one and " +
                    "now the other",
                Look = $"bridge fdb show br {claim.Bridge}",
                Remedy = port is null ? $"take the address off the machine with {claim.MacAddress}" : $"ip link set dev {port} nomaster",
            };
        }
    }

    private static IEnumerable<Finding> BehindOtherPorts(FindingFacts facts)
    {
        foreach (SurveyedStation found in facts.Survey.Stations)
        {
            ContainerStation? station = facts.Stations.FirstOrDefault(
                station => station.Bridge == found.Bridge && station.MacAddress == found.MacAddress && station.HostLink != found.Port);
            bool isBridges = facts.HostLink(found.Bridge)?.MacAddress == found.MacAddress && !found.IsPortItself;

            // Between containers of ours the ends in the containers tell, see below.
            if ((station is null && !isBridges) || facts.Stations.Any(other => other.HostLink == found.Port))
            {
                continue;
            }

            yield return new Finding
            {
                Kind = FindingKinds.DuplicateAddress,
                Object = station?.Container ?? facts.Bridge(found.Bridge)?.Words ?? found.Bridge,
                Cause = $"{(found.IsPortItself ? "the port itself" : "a machine behind the port")} {found.Port} of the bridge " +
                    $"{found.Bridge} has the Ethernet address {found.MacAddress}, which is that of {station?.Container ?? "the bridge"}, " +
                    "so frames for it go astray",
                Look = $"bridge fdb show br {found.Bridge}",
                Remedy = $"ip link set dev {found.Port} nomaster",
            };
        }
    }

    private static IEnumerable<Finding> AmongContainers(FindingFacts facts)
    {
        (ContainerStation Station, MacAddress? Mac)[] owners =
        [
            .. facts.Stations.Where(station => station.Pair is not null).DistinctBy(station => station.HostLink)
                .Select(station => (station, ActualMac(facts, station))),
        ];
        foreach ((ContainerStation station, MacAddress? mac) in owners)
        {
            // Who has changed it is named, not who has always had it.
            ContainerStation? other = mac is null || mac == station.MacAddress
                ? null
                : owners.FirstOrDefault(one => one.Station != station && one.Station.Bridge == station.Bridge && one.Mac == mac).Station;
            if (other is not null)
            {
                yield return new Finding
                {
                    Kind = FindingKinds.DuplicateAddress,
                    Object = station.Container,
                    Cause = $"its link {station.Pair!.PeerName} was given the Ethernet address {mac}, which is that of {other.Container} " +
                        $"on the same bridge {station.Bridge}, so neither is reached reliably",
                    Look = $"ip -n {station.Pair.PeerNamespace} link show dev {station.Pair.PeerName}",
                    Remedy = "netctl doctor --fix", // the link is ours, and so is what went with its address
                };
            }
        }
    }

    private static IEnumerable<Finding> OfTheHost(FindingFacts facts) =>
        from route in facts.Survey.Routes
        where route.Table == LocalTable
        from station in facts.Stations
        where station.Address.Equals(route.Address)
        select new Finding
        {
            Kind = FindingKinds.DuplicateAddress,
            Object = station.Container,
            Cause = $"the host itself has its address {route.Address} on the link {route.Link}, so what the host and published ports " +
                "send to it stays on the host",
            Look = $"ip address show to {route.Address}",
            Remedy = $"ip address flush dev {route.Link} to {route.Address}", // whatever its prefix length is
        };

    private static ContainerStation? StationOf(FindingFacts facts, AddressClaim claim) => facts.Stations.FirstOrDefault(
        station => station.Bridge == claim.Bridge && station.Address.Equals(claim.Address));

    private static MacAddress? ActualMac(FindingFacts facts, ContainerStation station) => facts.Survey.Links.FirstOrDefault(
        link => link.Namespace == station.Pair!.PeerNamespace && link.Name == station.Pair.PeerName)?.MacAddress;
}
