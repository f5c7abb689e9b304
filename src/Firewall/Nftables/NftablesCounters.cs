using Net.Cnm.Firewalls;
using Net.Netlink;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Reads the counters of published ports from their map elements.</summary>
internal static class NftablesCounters
{
    /// <summary>One entry for each port whose elements all exist; the counters of a shifted run of ports, which has one element a port, are
    /// added.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<PortTraffic> Read(NetlinkConnection connection, IReadOnlyCollection<PublishedPort> ports)
    {
        var maps = new Dictionary<(NftablesTable, string), Dictionary<NftElement, NftCounter>>();
        var traffic = new List<PortTraffic>();
        foreach (PublishedPort port in ports)
        {
            string set = NftablesPortElements.Translating(port);
            NftablesElement[] elements = [.. NftablesPortElements.Published(port).Where(element => element.Set == set)];
            if (elements.Length == 0)
            {
                continue;
            }

            (NftablesTable Table, string Set) key = (elements[0].Table, set);
            if (!maps.TryGetValue(key, out Dictionary<NftElement, NftCounter>? counted))
            {
                counted = connection.ListCounters(NftablesLayout.Of(key.Table).Table, set)
                    .ToDictionary(entry => entry.Element, entry => entry.Counter);
                maps.Add(key, counted);
            }

            if (elements.All(element => counted.ContainsKey(element.Element)))
            {
                traffic.Add(Sum(port, elements.Select(element => counted[element.Element])));
            }
        }

        return traffic;
    }

    private static PortTraffic Sum(PublishedPort port, IEnumerable<NftCounter> counters)
    {
        NftCounter sum = counters.Aggregate((a, b) => new NftCounter(a.Packets + b.Packets, a.Bytes + b.Bytes));
        return new PortTraffic(port, sum.Packets, sum.Bytes);
    }
}
