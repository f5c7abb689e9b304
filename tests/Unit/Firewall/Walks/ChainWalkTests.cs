using System.Net;
using System.Text;
using Net.Cnm.Findings;
using Net.Cnm.Ports;
using Net.Firewall.Obstacles.Walks;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Netlink.Nftables.Expressions;

namespace Net.Tests.Unit.Firewall.Walks;

/// <summary>A packet is taken through rules as the kernel would; what is not known never makes a drop.</summary>
public sealed class ChainWalkTests
{
    private static readonly NftTable Table = new(NetfilterFamily.Inet, "site");
    private static readonly NftVerdict Drop = new(Accept: false);
    private static readonly NftVerdict Accept = new(Accept: true);

    private static readonly SamplePacket Request = new()
    {
        Object = "container web",
        Words = "what comes in",
        InLink = "eth0",
        OutLink = "br-front",
        Destination = IPAddress.Parse("10.88.0.20"),
        Protocol = PortProtocol.Tcp,
        FirstPort = 8080,
        Port = 80,
        IsTranslated = true,
    };

    [Fact]
    public void A_drop_for_the_packets_link_is_found() =>
        Assert.Equal("Drop 2", Walk([OutLink("br-other"), Drop], [OutLink("br-front"), Drop]));

    [Fact]
    public void A_drop_for_the_packets_port_is_found_and_one_for_another_is_not() =>
        Assert.Equal("Drop 2", Walk([Port(8080)[0], Port(8080)[1], Drop], [Port(80)[0], Port(80)[1], Drop]));

    [Fact]
    public void A_drop_for_a_source_that_is_not_known_is_passed_over() => Assert.Equal("Return 0", Walk([.. Source(203), Drop]));

    [Fact]
    public void An_accept_for_a_source_that_is_not_known_leaves_what_comes_after_it_unknown() =>
        Assert.Equal("Unknown 0", Walk([.. Source(203), Accept], [Drop]));

    [Fact]
    public void An_accept_before_a_drop_ends_the_walk() => Assert.Equal("Accept 1", Walk([OutLink("br-front"), Accept], [Drop]));

    [Fact]
    public void A_new_packet_is_not_of_an_established_connection()
    {
        NftExpression[] established =
            [new NftConntrack(NftConntrackKey.State), new NftCompare(BitConverter.GetBytes(2)), Accept];
        Assert.Equal("Drop 2", Walk(established, [Drop]));
    }

    [Fact]
    public void A_drop_without_a_condition_is_known_to_be_for_all()
    {
        Assert.True(End([[Drop]]).IsForAll);
        Assert.False(End([[OutLink("br-front"), Drop]]).IsForAll);
    }

    private static string Walk(params NftExpression[][] rules)
    {
        WalkEnd end = End(rules);
        return $"{end.Verdict} {end.Place}";
    }

    private static WalkEnd End(NftExpression[][] rules)
    {
        ILookup<string, NftListedRule> listed = rules.Select(Listed).ToLookup(rule => rule.Chain, StringComparer.Ordinal);
        var packet = new PacketAtHook(Request, NftHook.Forward, 0);
        return new ChainWalk(listed, () => new RuleEvaluation(packet, Table, (_, _) => [])).Run("through");
    }

    private static NftListedRule Listed(NftExpression[] expressions)
    {
        // Each condition is two expressions, of which the first is made here.
        NftExpression[] whole =
        [
            .. expressions.SelectMany(one => one is NftCompare { Value.Length: 16 }
                ? (NftExpression[])[new NftMeta(NftMetaKey.OutputName), one]
                : [one]),
        ];
        using var buffer = new MessageBuffer();
        new NftRule(Table, "through", whole, null).Encode(new AttributeWriter(buffer));
        return NftListedRule.Decode(buffer.Written);
    }

    private static NftCompare OutLink(string name) => new(Encoding.UTF8.GetBytes(name.PadRight(16, '\0')));

    private static NftExpression[] Port(ushort port) =>
        [new NftPayload(NftPayloadBase.Transport, 2, 2), new NftCompare(new[] { (byte)(port >> 8), (byte)port })];

    private static NftExpression[] Source(byte first) => [new NftPayload(NftPayloadBase.Network, 12, 1), new NftCompare(new[] { first })];
}
