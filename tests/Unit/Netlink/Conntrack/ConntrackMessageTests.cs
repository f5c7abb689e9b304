using System.Net;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Tests.Unit.Netlink.Conntrack;

/// <summary>Byte-exact comparison with captures of conntrack 1.4.7 (strace -xx) and of the kernel's answers to it, without struct
/// nlmsghdr.</summary>
public sealed class ConntrackMessageTests
{
    private const string Header = "0a000000";
    private const string Original =
        "4c000180" + "2c000180" + "14000300" + Loopback + "14000400" + Loopback + "1c000280" + "0500010011000000"
        + "060002009f070000" + "06000300270f0000";

    private const string Reply =
        "4c000280" + "2c000180" + "14000300" + Loopback + "14000400" + Loopback + "1c000280" + "0500010011000000"
        + "06000200270f0000" + "060003009f070000";

    private const string Loopback = "00000000000000000000000000000001";
    private const string Captured = Header + Original + Reply
        + "0800030000000008" + "0800080000000000" + "08000c00671316da" + "08000b0000000001" + "080007000000001d";

    [Fact]
    public void A_tracked_connection_is_read_from_a_dump()
    {
        ConntrackMessage message = ConntrackMessage.Decode(Convert.FromHexString(Captured));
        Assert.Equal(NetfilterFamily.IPv6, message.Header.Family);
        Assert.Equal((byte?)17, message.Original!.Protocol);
        Assert.Equal(IPAddress.IPv6Loopback, message.Original.Source);
        Assert.Equal(IPAddress.IPv6Loopback, message.Original.Destination);
        Assert.Equal((40711, 9999), ((int)message.Original.SourcePort!, (int)message.Original.DestinationPort!));
        Assert.Equal((9999, 40711), ((int)message.Reply!.SourcePort!, (int)message.Reply.DestinationPort!));
        Assert.Equal(0x671316dau, message.Id);
        Assert.Null(message.Zone);
        Assert.Equal([3, 8, 11, 7], message.Unknown.Select(attribute => (int)attribute.RawType));
    }

    [Fact]
    public void What_was_read_is_written_with_the_same_attributes()
    {
        string again = Encoded.Hex(ConntrackMessage.Decode(Convert.FromHexString(Captured)));
        Assert.Equal(
            Header + Original + Reply
                + "08000c00671316da" + "0800030000000008" + "0800080000000000" + "08000b0000000001" + "080007000000001d",
            again);
    }

    [Fact]
    public void Deleting_names_the_tuple_as_conntrack_does_and_the_number_too() => Assert.Equal(
        Header + Original + "08000c00671316da",
        Encoded.Hex(ConntrackRequests.Delete(ConntrackMessage.Decode(Convert.FromHexString(Captured)))));

    // Laid out by hand after ctnetlink_alloc_filter: conntrack 1.4.7 does not use it.
    [Fact]
    public void A_filter_has_the_values_and_the_bits_that_count() => Assert.Equal(
        "02000000" + "18000180" + "14000280" + "0500010011000000" + "06000300270f0000"
            + "14001980" + "0800010028000000" + "0800020000000000",
        Encoded.Hex(ConntrackRequests.Dump(
            new ConntrackFilter(NetfilterFamily.IPv4, new ConntrackTuple { Protocol = 17, DestinationPort = 9999 }))));

    [Fact]
    public void Parts_of_a_tuple_that_are_not_known_are_kept()
    {
        // An echo request: CTA_PROTO_ICMP_ID, _TYPE and _CODE beside the number; and a zone of the tuple's own.
        const string Icmp = "02000000" + "44000180" + "14000180" + "08000100c0000201" + "08000200c0000202"
            + "24000280" + "0500010001000000" + "0600040000010000" + "0500050008000000"
            + "0500060000000000" + "0800030000000007" + "06001200000c0000";
        ConntrackMessage message = ConntrackMessage.Decode(Convert.FromHexString(Icmp));
        Assert.Equal((ushort?)12, message.Zone);
        Assert.Equal(3, message.Original!.UnknownProtocol.Count);
        Assert.Single(message.Original.Unknown);
        Assert.Equal(Icmp, Encoded.Hex(message));
    }
}
