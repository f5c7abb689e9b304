using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Conntrack;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Netfilter;
using Net.Netlink.Routes;

namespace Net.Tests.Unit.Netlink;

/// <summary>Every message cut at every length gives the format error or a shorter message, never anything else.</summary>
public sealed class TruncationTests
{
    [Fact]
    public void Link_cut_anywhere() => CutAnywhere(Samples.Link(), static bytes => LinkMessage.Decode(bytes));

    [Fact]
    public void Address_cut_anywhere() => CutAnywhere(Samples.Address(), static bytes => AddressMessage.Decode(bytes));

    [Fact]
    public void Route_cut_anywhere() => CutAnywhere(Samples.Route(), static bytes => RouteMessage.Decode(bytes));

    [Fact]
    public void Neighbour_cut_anywhere() => CutAnywhere(Samples.Neighbour(), static bytes => NeighbourMessage.Decode(bytes));

    [Fact]
    public void Netfilter_message_cut_anywhere() => CutAnywhere(
        new NetfilterMessage(new NetfilterHeader(NetfilterFamily.Inet), [new UnknownAttribute(1, "abc\0"u8.ToArray())]),
        static bytes => NetfilterMessage.Decode(bytes));

    [Fact]
    public void Conntrack_message_cut_anywhere() => CutAnywhere(Samples.Conntrack(), static bytes => ConntrackMessage.Decode(bytes));

    [Fact]
    public void Conntrack_statistics_cut_anywhere() => CutAnywhere(
        new ConntrackStatistics { Entries = 7, Unknown = [new UnknownAttribute(2, (byte[])[0, 4, 0, 0])] },
        static bytes => ConntrackStatistics.Decode(bytes));

    [Fact]
    public void Attribute_of_a_wrong_length_names_itself_and_both_lengths()
    {
        byte[] bytes = Convert.FromHexString("0218000032000000" + "0600020001020000");
        NetlinkFormatException error = Assert.Throws<NetlinkFormatException>(() => AddressMessage.Decode(bytes));
        Assert.Equal(4, error.Expected);
        Assert.Equal(2, error.Actual);
        Assert.Contains("attribute 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attribute_length_below_its_header_is_an_error() => Assert.Throws<NetlinkFormatException>(
        () => AddressMessage.Decode(Convert.FromHexString("0218000032000000" + "03000100")));

    [Fact]
    public void Value_too_long_for_an_attribute_is_refused_when_written()
    {
        using var buffer = new MessageBuffer();
        Assert.Throws<NetlinkFormatException>(() => buffer.Writer.Write(1, new byte[65532]));
        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public void Nest_too_long_is_refused_when_closed()
    {
        using var buffer = new MessageBuffer();
        Assert.Throws<NetlinkFormatException>(() =>
        {
            using NestToken nest = buffer.Writer.Nest(1);
            buffer.Writer.Write(2, new byte[40000]);
            buffer.Writer.Write(2, new byte[40000]);
        });
    }

    [Fact]
    public void Datagram_cut_anywhere()
    {
        using var buffer = new MessageBuffer();
        buffer.Append(16, MessageFlags.None, 1, Samples.Link());
        buffer.Append(16, MessageFlags.None, 2, Samples.Link());
        byte[] whole = buffer.Written.ToArray();
        for (int length = 0; length <= whole.Length; length++)
        {
            try
            {
                MessageParser.Parse(whole.AsSpan(0, length), new NoSink());
            }
            catch (NetlinkFormatException)
            {
            }
        }
    }

    [Fact]
    public void Error_message_cut_anywhere_and_whole()
    {
        // struct nlmsgerr of -EEXIST, the request's header, "File exists" and an offset, as with NETLINK_CAP_ACK.
        byte[] whole = Convert.FromHexString(
            "efffffff" + "2000000010000506" + "0700000000000000" + "100001004669" + "6c652065786973747300" + "0800020018000000");
        var header = new MessageHeader(2, MessageFlags.Capped | MessageFlags.AcknowledgeAttributes, 7, 1);
        KernelError error = KernelError.Decode(header, whole);
        Assert.Equal(Errno.Exists, error.Errno);
        Assert.Equal("File exists", error.Message);
        Assert.Equal(24, error.AttributeOffset);
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                KernelError.Decode(header, whole.AsSpan(0, length));
            }
            catch (NetlinkFormatException)
            {
            }
        }
    }

    private static void CutAnywhere(INetlinkMessage message, Func<byte[], INetlinkMessage> decode)
    {
        byte[] whole = Encoded.Bytes(message);
        Assert.Equal(whole, Encoded.Bytes(decode(whole)));
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                byte[] again = Encoded.Bytes(decode(whole[..length]));
                Assert.True(again.Length <= whole.Length);
            }
            catch (NetlinkFormatException)
            {
            }
        }
    }

    private sealed class NoSink : IMessageSink
    {
        public void Accept(MessageHeader header, ReadOnlySpan<byte> payload)
        {
        }
    }
}
