using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Kernel.Observations;
using Net.Netlink;
using Net.Netlink.Neighbours;

namespace Net.Kernel.Surveys;

/// <summary>Reads permanent neighbour entries, and which Ethernet addresses bridges know behind their ports.</summary>
internal static class NeighbourSurvey
{
    // Neither is ever asked anew.
    private const NeighbourState Lasting = NeighbourState.Permanent | NeighbourState.NoArp;

    /// <summary>The entries of a namespace that stay as they are: permanent ones, and those that are not asked for (noarp).</summary>
    public static IEnumerable<SurveyedNeighbour> Read(ObservedNamespace seen)
    {
        foreach (NeighbourMessage entry in seen.Neighbours.Where(entry => (entry.Header.State & Lasting) != 0))
        {
            if (entry.Destination is { } address
                && LinkSurvey.MacOf(entry.LinkAddress) is { } mac
                && seen.Link(entry.Header.LinkIndex)?.Name is { } link)
            {
                yield return new SurveyedNeighbour(seen.Reference, link, address, mac);
            }
        }
    }

    /// <summary>The forwarding tables of these bridges.</summary>
    public static IReadOnlyList<SurveyedStation> ReadStations(
        NetlinkConnection connection, ObservedNamespace host, IReadOnlyCollection<BridgeLink> bridges)
    {
        HashSet<string> wanted = [.. bridges.Select(bridge => bridge.Name)];
        if (wanted.Count == 0)
        {
            return [];
        }

        var stations = new List<SurveyedStation>();
        foreach (NeighbourMessage entry in connection.DumpNeighbours(RouteFamily.Bridge))
        {
            // An entry of the device itself, not of the bridge that it is a port of, has the flag SELF.
            if (!entry.Header.Flags.HasFlag(NeighbourFlags.Self)
                && host.Link(entry.Header.LinkIndex) is { MasterIndex: { } master } port
                && host.Link(master)?.Name is { } bridge && wanted.Contains(bridge)
                && LinkSurvey.MacOf(entry.LinkAddress) is { } mac)
            {
                stations.Add(new SurveyedStation(bridge, port.Name!, mac, entry.Header.State.HasFlag(NeighbourState.Permanent)));
            }
        }

        return stations;
    }
}
