using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Netlink.Nftables.Expressions;

namespace Net.Tests.Unit.Netlink.Nftables;

/// <summary>A rule that stops whatever gets to it is told from one that asks first. What the programs write is tried in
/// <c>ObstacleTests</c>.</summary>
public class NftDroppingChainsTests
{
    private static readonly NftTable Table = new(NetfilterFamily.Inet, "site");

    [Fact]
    public void A_drop_without_a_condition_closes_its_chain() =>
        Assert.Equal("through", NftDroppingChains.DecodeDropping(Bytes(new NftVerdict(Accept: false))));

    [Fact]
    public void An_accept_closes_nothing() => Assert.Null(NftDroppingChains.DecodeDropping(Bytes(new NftVerdict(Accept: true))));

    [Fact]
    public void A_drop_after_a_condition_closes_nothing() =>
        Assert.Null(NftDroppingChains.DecodeDropping(Bytes(new NftNoTrack(), new NftVerdict(Accept: false))));

    [Fact]
    public void A_rule_that_is_cut_off_is_refused_or_closes_nothing()
    {
        byte[] whole = Bytes(new NftVerdict(Accept: false));
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                Assert.Null(NftDroppingChains.DecodeDropping(whole.AsSpan(0, length)));
            }
            catch (NetlinkFormatException)
            {
                // The other way to say no.
            }
        }
    }

    private static byte[] Bytes(params NftExpression[] expressions)
    {
        using var buffer = new MessageBuffer();
        new NftRule(Table, "through", expressions, null).Encode(new AttributeWriter(buffer));
        return buffer.Written.ToArray();
    }
}
