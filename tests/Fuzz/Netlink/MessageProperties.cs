using FsCheck;
using FsCheck.Fluent;

using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Conntrack;
using Net.Netlink.Links;
using Net.Netlink.Neighbours;
using Net.Netlink.Netfilter;
using Net.Netlink.Routes;

namespace Net.Tests.Fuzz.Netlink;

/// <summary>Any bytes give a message or the format error; and what was read is written and read again the same.</summary>
public sealed class MessageProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(120);

    [Fact]
    public void Link_message() => Holds(16, static bytes => LinkMessage.Decode(bytes));

    [Fact]
    public void Link_message_without_what_is_unknown() => Holds(16, static bytes => LinkMessage.DecodeKnown(bytes));

    [Fact]
    public void Address_message() => Holds(8, static bytes => AddressMessage.Decode(bytes));

    [Fact]
    public void Address_message_without_what_is_unknown() => Holds(8, static bytes => AddressMessage.DecodeKnown(bytes));

    [Fact]
    public void Route_message() => Holds(12, static bytes => RouteMessage.Decode(bytes));

    [Fact]
    public void Route_message_without_what_is_unknown() => Holds(12, static bytes => RouteMessage.DecodeKnown(bytes));

    [Fact]
    public void Neighbour_message() => Holds(12, static bytes => NeighbourMessage.Decode(bytes));

    [Fact]
    public void Neighbour_message_without_what_is_unknown() => Holds(12, static bytes => NeighbourMessage.DecodeKnown(bytes));

    [Fact]
    public void Netfilter_message() => Holds(4, static bytes => NetfilterMessage.Decode(bytes));

    [Fact]
    public void Conntrack_message() => Holds(4, static bytes => ConntrackMessage.Decode(bytes));

    [Fact]
    public void Conntrack_statistics() => Holds(4, static bytes => ConntrackStatistics.Decode(bytes));

    [Fact]
    public void Datagram() => Check.One(Thorough, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static bytes =>
    {
        try
        {
            MessageParser.Parse(bytes, new CheckingSink());
        }
        catch (NetlinkFormatException)
        {
        }

        return true;
    }));

    [Fact]
    public void Error_answer() => Check.One(Thorough, Prop.ForAll(WireBytes(20).ToArbitrary(), static bytes =>
    {
        try
        {
            KernelError.Decode(new MessageHeader(2, MessageFlags.AcknowledgeAttributes | MessageFlags.Capped, 1, 0), bytes);
            KernelError.Decode(new MessageHeader(2, MessageFlags.AcknowledgeAttributes, 1, 0), bytes);
        }
        catch (NetlinkFormatException)
        {
        }

        return true;
    }));

    private static void Holds(int headerLength, Func<byte[], INetlinkMessage> decode)
    {
        int decoded = 0;
        Check.One(Thorough, Prop.ForAll(WireBytes(headerLength).ToArbitrary(), bytes =>
        {
            byte[] first;
            try
            {
                first = Encode(decode(bytes));
            }
            catch (NetlinkFormatException)
            {
                return true;
            }

            decoded++;
            return first.AsSpan().SequenceEqual(Encode(decode(first)));
        }));
        Assert.True(decoded > 100, $"only {decoded} inputs were messages");
    }

    /// <summary>A struct of any bytes, then attributes whose types are in the known range and whose nests nest; sometimes cut or
    /// broken.</summary>
    private static Gen<byte[]> WireBytes(int headerLength)
    {
        Gen<byte[]> anyBytes = ArbMap.Default.GeneratorFor<byte[]>();
        Gen<byte[]> header = ArbMap.Default.GeneratorFor<byte>().ArrayOf(headerLength);
        Gen<byte[]> whole =
            from head in header
            from attributes in Attributes(3)
            select (byte[])[.. head, .. attributes];
        Gen<byte[]> cut =
            from bytes in whole
            from length in Gen.Choose(0, bytes.Length)
            select bytes[..length];
        return Gen.Frequency((6, whole), (2, cut), (1, anyBytes));
    }

    private static Gen<byte[]> Attributes(int depth) =>
        from list in Attribute(depth).ListOf().Resize(6)
        select list.SelectMany(static bytes => bytes).ToArray();

    private static Gen<byte[]> Attribute(int depth)
    {
        Gen<byte[]> text = Gen.Elements("bridge", "veth", "x", "br-0\0").Select(static t => System.Text.Encoding.UTF8.GetBytes(t));
        Gen<byte[]> sized = Gen.Elements(0, 1, 2, 4, 6, 8, 16).SelectMany(static n => ArbMap.Default.GeneratorFor<byte>().ArrayOf(n));
        Gen<byte[]> value = depth == 0
            ? Gen.OneOf(text, sized)
            : Gen.Frequency(
                (1, text),
                (3, sized),
                (2, Attributes(depth - 1)),
                (1, Attributes(depth - 1).Select(static a => (byte[])[.. new byte[16], .. a])));
        return from type in Gen.Choose(0, 40)
               from nested in Gen.Elements(0, 0x8000)
               from bytes in value
               select Wrap((ushort)(type | nested), bytes);
    }

    private static byte[] Wrap(ushort type, byte[] value)
    {
        using var buffer = new MessageBuffer();
        buffer.Writer.Write(type, value);
        return buffer.Written.ToArray();
    }

    private static byte[] Encode(INetlinkMessage message)
    {
        using var buffer = new MessageBuffer();
        message.Encode(buffer.Writer);
        return buffer.Written.ToArray();
    }

    private sealed class CheckingSink : IMessageSink
    {
        public void Accept(MessageHeader header, ReadOnlySpan<byte> payload) => _ = header.ToReply(payload);
    }
}
