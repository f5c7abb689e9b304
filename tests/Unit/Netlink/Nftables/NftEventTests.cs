using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Tests.Unit.Netlink.Nftables;

/// <summary>Events as Linux 6.18 sends them for what nft 1.0.6 does, taken from a socket in the group NFNLGRP_NFTABLES.</summary>
public class NftEventTests
{
    private const byte Subsystem = (byte)NetfilterSubsystem.Nftables;
    private const string Chain =
        "020000030B0001006E657463746C00000C000300666F7277617264000C000200000000000000000114000400080001000000000208000200FFFFFFF9"
        + "08000500000000000B00070066696C746572000008000A00000000010800060000000000";

    private const string Elements = "020000050B0001006E657463746C0000060002007300000014000300100001000C0001000800010001020304";
    private const string Generation = "00000005080001000000000508000200000035D7080003006E667400";

    private static readonly NftTable Table = new(NetfilterFamily.IPv4, "netctl");

    [Fact]
    public void The_end_of_a_transaction_says_who_made_it() =>
        Assert.Equal(new NftEvent(null, new NftAuthor(13783, "nft")), Decode(NftOperation.NewGeneration, Generation));

    [Theory]
    [InlineData(NftOperation.NewChain, Chain)]
    [InlineData(NftOperation.NewElements, Elements)]
    public void A_change_says_in_which_table(byte operation, string bytes) =>
        Assert.Equal(new NftEvent(Table, null), Decode(operation, bytes));

    [Fact]
    public void What_is_not_of_nf_tables_is_no_event() =>
        Assert.Null(NftEvent.Decode(
            new NetlinkReply((ushort)NetfilterSubsystem.Conntrack << 8, MessageFlags.None, 0, Convert.FromHexString(Elements))));

    [Fact]
    public void A_base_chain_says_where_it_hangs_and_what_its_policy_is()
    {
        Assert.Equal(
            new NftBaseChainInfo(Table, "forward", (uint)NftHook.Forward, -7, Drops: true),
            NftBaseChainInfo.Decode(Convert.FromHexString(Chain)));
        Assert.False(NftBaseChainInfo.Decode(
            Convert.FromHexString(Chain.Replace("0800050000000000", "0800050000000001", StringComparison.Ordinal)))!.Drops);
        Assert.Null(NftBaseChainInfo.Decode(Convert.FromHexString("020000030B0001006E657463746C0000")));
    }

    [Theory]
    [InlineData(NftOperation.NewGeneration, Generation)]
    [InlineData(NftOperation.NewChain, Chain)]
    public void Cut_anywhere_it_is_the_format_error_or_a_shorter_message(byte operation, string bytes)
    {
        for (int length = 0; length < bytes.Length; length += 2)
        {
            try
            {
                Decode(operation, bytes[..length]);
                NftBaseChainInfo.Decode(Convert.FromHexString(bytes[..length]));
            }
            catch (NetlinkFormatException)
            {
                // What else may come of it is seen by the test that fails.
            }
        }
    }

    private static NftEvent? Decode(byte operation, string bytes) =>
        NftEvent.Decode(new NetlinkReply((ushort)((Subsystem << 8) | operation), MessageFlags.None, 0, Convert.FromHexString(bytes)));
}
