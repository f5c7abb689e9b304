using System.Net;
using System.Net.Sockets;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Kernel.Flows;

/// <summary>Which tracked connections, of any protocol, are of addresses that have left their sandbox. A tracked connection goes on
/// translating and admitting packets for such an address for as long as one side goes on sending, up to five days for TCP
/// (nf_conntrack_tcp_timeout_established).</summary>
/// <param name="gone">Whether an address has left.</param>
internal sealed class AddressFlows(Predicate<IPAddress> gone)
{
    // With more addresses of a family, one dump of the whole family costs less than four for each address.
    private const int MostFiltered = 4;

    /// <summary>Whether a tracked connection has such an address, as the source or destination of either direction.</summary>
    public bool Contains(ConntrackMessage flow) => IsOf(flow.Original) || IsOf(flow.Reply);

    /// <summary>The filters of the dumps in which the tracked connections of these addresses are found.</summary>
    public static IEnumerable<ConntrackFilter> Of(IEnumerable<IPAddress> addresses)
    {
        foreach (IGrouping<AddressFamily, IPAddress> family in addresses.GroupBy(address => address.AddressFamily))
        {
            NetfilterFamily code = family.Key == AddressFamily.InterNetwork ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6;
            if (family.Count() > MostFiltered)
            {
                yield return new ConntrackFilter(code);
                continue;
            }

            foreach (IPAddress address in family)
            {
                var source = new ConntrackTuple { Source = address };
                var destination = new ConntrackTuple { Destination = address };
                yield return new ConntrackFilter(code, Original: source);
                yield return new ConntrackFilter(code, Original: destination);
                yield return new ConntrackFilter(code, Reply: source);
                yield return new ConntrackFilter(code, Reply: destination);
            }
        }
    }

    private bool IsOf(ConntrackTuple? direction) =>
        (direction?.Source is { } source && gone(source)) || (direction?.Destination is { } destination && gone(destination));
}
