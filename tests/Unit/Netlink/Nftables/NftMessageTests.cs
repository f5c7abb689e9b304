using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Netlink.Nftables.Expressions;

namespace Net.Tests.Unit.Netlink.Nftables;

/// <summary>Bytes as nft 1.0.6 sends them, taken with <c>nft --debug=mnl</c>.</summary>
public class NftMessageTests
{
    private static readonly NftTable Table = new(NetfilterFamily.IPv4, "netctl");
    private const string TableBytes = "02000000" + "0B0001006E657463746C0000";

    [Fact]
    public void A_map_element_has_nfts_bytes()
    {
        var element = new NftElement("C0000201060000001F900000", null, "AC12000200500000", "netctl:abc");
        Assert.Equal(
            TableBytes + "0E0002007075626C6973686564000000"
            + "40000380" + "3C000180"
            + "14000180" + "10000100" + "C0000201060000001F900000"
            + "10000280" + "0C000100" + "AC12000200500000"
            + "11000600" + "000B6E657463746C3A61626300" + "000000",
            Hex(new NftElements(Table, "published", [element])));
    }

    [Fact]
    public void A_range_element_has_nfts_bytes()
    {
        const string Name = "62722D78000000000000000000000000";
        var element = new NftElement("AC120000" + Name, "AC12FFFF" + Name, null, "netctl:abc");
        Assert.EndsWith(
            "50000180" + "1C000180" + "18000100" + "AC120000" + Name + "1C000A80" + "18000100" + "AC12FFFF" + Name
            + "11000600" + "000B6E657463746C3A61626300" + "000000",
            Hex(new NftElements(Table, "home", [element])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_ranges_has_nfts_bytes_up_to_its_user_data()
    {
        var set = new NftSet
        {
            Table = Table,
            Name = "home",
            Id = 3,
            Key = [NftDataType.IPv4Address, NftDataType.InterfaceName],
            Interval = true,
        };
        Assert.StartsWith(
            TableBytes + "09000200686F6D6500000000"
            + "0800030000000084" + "08000400000001E9" + "0800050000000014" + "08000A0000000003"
            + "20000980" + "1C000280" + "0C000180" + "0800010000000004" + "0C000180" + "0800010000000010",
            Hex(set), StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_has_nfts_types_and_lengths()
    {
        var map = new NftSet
        {
            Table = Table,
            Name = "published",
            Id = 5,
            Key = [NftDataType.IPv4Address, NftDataType.Protocol, NftDataType.Service],
            Data = [NftDataType.IPv4Address, NftDataType.Service],
        };
        Assert.StartsWith(
            TableBytes + "0E0002007075626C6973686564000000"
            + "0800030000000008" + "080004000000730D" + "080005000000000C" + "08000600000001CD" + "0800070000000008" + "08000A0000000005",
            Hex(map), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_chain_has_its_hook_and_priority()
    {
        var chain = new NftChain { Table = Table, Name = "guard", Type = "filter", Hook = NftHook.Prerouting, Priority = -300 };
        string bytes = Hex(chain);
        Assert.Contains("14000480" + "0800010000000000" + "08000200FFFFFED4", bytes, StringComparison.Ordinal);
        Assert.Equal((Table, "guard"), NftChain.DecodeName(Convert.FromHexString(bytes)));
    }

    [Fact]
    public void A_comparison_and_a_verdict_have_nfts_bytes()
    {
        string bytes = Hex(new NftRule(Table, "guard", [new NftCompare(new byte[] { 0x7f }), new NftVerdict(false)], "netctl:host x"));
        Assert.Contains(
            "636D7000" + "20000280" + "0800010000000008" + "0800020000000000" + "0C000380" + "050001007F000000",
            bytes,
            StringComparison.Ordinal);
        Assert.Contains("0800010000000000" + "10000280" + "0C000280" + "0800010000000000", bytes, StringComparison.Ordinal);
        Assert.EndsWith("14000700" + "000E6E657463746C3A686F7374207800", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_counts_has_nfts_expression()
    {
        var map = new NftSet
        {
            Table = Table,
            Name = "m",
            Id = 1,
            Key = [NftDataType.Service],
            Data = [NftDataType.IPv4Address],
            Counter = true,
        };
        Assert.EndsWith("14001180" + "0C000100636F756E74657200" + "04000280", Hex(map), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_with_a_part_that_nft_has_no_name_for_says_where_it_comes_from()
    {
        var set = new NftSet
        {
            Table = new NftTable(NetfilterFamily.Bridge, "netctl"),
            Name = "options",
            Id = 1,
            Key = [NftDataType.InterfaceName, NftDataType.Integer6],
            TransportOffset = 26,
        };
        Assert.EndsWith(
            "0800030000000000" + "0800040000000A44" + "0800050000000018" + "08000A0000000001"
            + "4C000D00" + "000400000000" + "034000040D0000000138"
            + "000E0004090000000106000406000000"
            + "012600040700000001" + "1E" + "000400000000" + "010400000000" + "020403000000" + "0304D0000000" + "040430000000",
            Hex(set), StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_of_an_element_is_read_beside_it_and_is_no_part_of_it()
    {
        const string Element = "10000180" + "0C000100" + "0A00000100500000";
        const string Counter =
            "2C000780" + "0C000100636F756E74657200" + "1C000280" + "0C00010000000000000001F4" + "0C0002000000000000000007";
        byte[] message = Convert.FromHexString(TableBytes + "06000200" + "73000000" + "44000380" + "40000180" + Element + Counter);
        NftCountedElement counted = Assert.Single(NftElements.DecodeCounted(message));
        Assert.Equal(new NftElement("0A00000100500000", null, null, null), counted.Element);
        Assert.Equal(new NftCounter(7, 500), counted.Counter);
        Assert.Equal([counted.Element], NftElements.Decode(message));
        Assert.Empty(NftElements.DecodeCounted(
            Convert.FromHexString(TableBytes + "06000200" + "73000000" + "18000380" + "14000180" + Element)));
        for (int length = 0; length < message.Length; length++)
        {
            ReadOrRefuse(message.AsMemory(0, length), bytes => NftElements.DecodeCounted(bytes.Span));
        }
    }

    [Fact]
    public void A_new_chain_says_no_policy_so_that_none_is_ever_changed()
    {
        var chain = new NftChain
        {
            Table = Table,
            Name = "forward",
            Type = "filter",
            Hook = NftHook.Forward,
            Priority = -10,
            Comment = "x",
        };
        string bytes = Hex(chain);
        Assert.DoesNotContain("0800050000000001", bytes, StringComparison.Ordinal);
        Assert.EndsWith("08000C0000027800", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void Translation_without_a_port_keeps_the_port()
    {
        Assert.EndsWith(
            "6E617400" + "1C000280" + "0800010000000001" + "0800020000000002" + "0800030000000008",
            Hex(new NftRule(Table, "c", [new NftDestinationNat(NetfilterFamily.IPv4, 0, null)], null)), StringComparison.Ordinal);
        Assert.EndsWith(
            "6E617400" + "1C000280" + "0800010000000000" + "0800020000000002" + "0800030000000008",
            Hex(new NftRule(Table, "c", [new NftSourceNat(NetfilterFamily.IPv4, 0)], null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_come_back_as_they_went()
    {
        NftElement[] elements = [new("0A000001", null, "00500000", "netctl:a"), new("0A000002", "0A000009", null, null)];
        Assert.Equal(elements, NftElements.Decode(Convert.FromHexString(Hex(new NftElements(Table, "s", elements)))));
    }

    [Fact]
    public void A_message_cut_anywhere_is_read_or_refused_and_nothing_else()
    {
        byte[] elements = Convert.FromHexString(Hex(new NftElements(Table, "s", [new("0A000001", "0A000009", "00500000", "netctl:a")])));
        byte[] rule = Convert.FromHexString(Hex(new NftRule(Table, "c", [new NftMasquerade()], "netctl:a")));
        for (int length = 0; length < elements.Length; length++)
        {
            ReadOrRefuse(elements.AsMemory(0, length), bytes => NftElements.Decode(bytes.Span));
        }

        for (int length = 0; length < rule.Length; length++)
        {
            ReadOrRefuse(rule.AsMemory(0, length), bytes => NftRule.DecodeHead(bytes.Span));
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("00", null)]
    [InlineData("0003616200", "ab")]
    [InlineData("000361", null)]
    [InlineData("010178" + "000261" + "00", "a")]
    public void A_comment_is_found_in_user_data(string hexadecimal, string? comment) =>
        Assert.Equal(comment, NftComment.Decode(Convert.FromHexString(hexadecimal)));

    [Fact]
    public void A_comment_longer_than_nft_takes_is_refused() =>
        Assert.Throws<ArgumentException>(() => NftComment.Encode(new string('x', NftComment.MaximumLength + 1)));

    private static void ReadOrRefuse(ReadOnlyMemory<byte> bytes, Action<ReadOnlyMemory<byte>> read)
    {
        try
        {
            read(bytes);
        }
        catch (NetlinkFormatException)
        {
            // Refused.
        }
    }

    private static string Hex(INetlinkMessage message)
    {
        using var buffer = new MessageBuffer();
        message.Encode(buffer.Writer);
        return Convert.ToHexString(buffer.Written);
    }
}
