using System.Net;
using Net.Kernel.Flows;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Tests.Unit.Kernel;

public sealed class AddressFlowsTests
{
    private static readonly IPAddress Gone = IPAddress.Parse("172.18.0.2");
    private static readonly IPAddress Host = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Far = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void A_connection_is_of_an_address_that_either_direction_has_at_either_end()
    {
        var flows = new AddressFlows(Gone.Equals);
        Assert.True(flows.Contains(Flow(Gone, Far, Far, Host)), "opened by the address, masqueraded");
        Assert.True(flows.Contains(Flow(Far, Host, Gone, Far)), "opened to a published port");
        Assert.True(flows.Contains(Flow(Far, Gone, Host, Far)), "opened to the address, translated to another");
        Assert.True(flows.Contains(Flow(Far, Host, Host, Gone)), "masqueraded as the address");
        Assert.False(flows.Contains(Flow(Far, Host, Host, Far)));
    }

    [Fact]
    public void Few_addresses_are_asked_for_one_by_one_and_many_by_the_whole_family()
    {
        Assert.Equal(
            [
                new ConntrackFilter(NetfilterFamily.IPv4, Original: new ConntrackTuple { Source = Gone }),
                new ConntrackFilter(NetfilterFamily.IPv4, Original: new ConntrackTuple { Destination = Gone }),
                new ConntrackFilter(NetfilterFamily.IPv4, Reply: new ConntrackTuple { Source = Gone }),
                new ConntrackFilter(NetfilterFamily.IPv4, Reply: new ConntrackTuple { Destination = Gone }),
            ],
            AddressFlows.Of([Gone]));
        Assert.Equal(
            [new ConntrackFilter(NetfilterFamily.IPv6)],
            AddressFlows.Of(Enumerable.Range(1, 9).Select(last => IPAddress.Parse($"2001:db8::{last}"))));
    }

    private static ConntrackMessage Flow(IPAddress from, IPAddress to, IPAddress answeredBy, IPAddress answeredTo) => new()
    {
        Header = new NetfilterHeader(NetfilterFamily.IPv4),
        Original = new ConntrackTuple { Source = from, Destination = to, Protocol = 132 },
        Reply = new ConntrackTuple { Source = answeredBy, Destination = answeredTo, Protocol = 132 },
    };
}
