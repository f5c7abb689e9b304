using System.Net;
using System.Security.Cryptography;
using Net.Dns.Resolver;
using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;

namespace Net.Tests.Fuzz.Dns;

/// <summary>The pure readers under <see cref="HostileBytes"/>: nothing throws, nothing is read outside, and what is said agrees with what
/// else is said.</summary>
public sealed class HostileBytesFuzz(ITestOutputHelper output)
{
    private const int Batch = 1000;

    private readonly byte[] _written = new byte[ushort.MaxValue];

    [Fact]
    public void What_the_inputs_are_changed_from_is_whole_and_reaches_every_kind_of_answer()
    {
        using var random = RandomNumberGenerator.Create();
        var responder = new Responder(new DnsServerOptions(), random);
        var names = new NameTable([(DnsName.Parse("web"), IPAddress.Loopback)], [(IPAddress.Loopback, DnsName.Parse("web.net1"))]);
        var answers = new List<int>();
        foreach (byte[] whole in HostileBytes.Whole)
        {
            Assert.Equal(DnsFormatError.None, DnsMessage.TryParse(whole, out _));
            responder.Respond(whole, DnsTransport.Udp, names, UpstreamPolicy.Forbidden, _written, out _, out int length);
            answers.Add(length == 0 ? -1 : _written[7]);
        }

        // A name that is not ours, a response, an address, none of the family, the name of an address.
        Assert.Equal([0, -1, 1, 0, 1], answers);
    }

    [Fact]
    public void DnsMessage_and_DnsQuery_agree_and_what_is_read_writes_and_reads_the_same()
    {
        long whole = 0;
        long inputs = Each(bytes =>
        {
            DnsFormatError asMessage = DnsMessage.TryParse(bytes, out DnsMessage? message);
            DnsFormatError asQuery = DnsQuery.TryParse(bytes, out DnsQuery query);
            Demand(Enum.IsDefined(asMessage) && Enum.IsDefined(asQuery), bytes);
            if (message is null)
            {
                Demand(asMessage != DnsFormatError.None, bytes);
                return;
            }

            whole++;
            Demand(asQuery == DnsFormatError.None ? query.Question == message.Questions[0] : asQuery == DnsFormatError.Malformed, bytes);
            Memory<byte> written = _written.AsMemory(0, message.Write(_written));
            ArsoftReader.Demand(message, written);
            var again = DnsMessage.Parse(written);
            Demand(
                again.Questions.SequenceEqual(message.Questions)
                && again.Answers.SequenceEqual(message.Answers)
                && again.Authorities.SequenceEqual(message.Authorities)
                && again.Additional.SequenceEqual(message.Additional),
                bytes);
        });
        output.WriteLine($"{inputs} inputs, {whole} of them messages");
        Assert.InRange(whole, inputs / 50, inputs); // inputs that are nearly all refused would prove nothing
    }

    [Fact]
    public void DnsQuery_cut_anywhere_is_no_query()
    {
        long inputs = Each(bytes =>
        {
            if (DnsQuery.TryParse(bytes, out _) == DnsFormatError.None)
            {
                for (int length = 0; length < bytes.Length; length++)
                {
                    Demand(DnsQuery.TryParse(bytes[..length], out _) == DnsFormatError.Truncated, bytes);
                }
            }
        });
        output.WriteLine($"{inputs} inputs");
    }

    [Theory]
    [InlineData(DnsTransport.Udp)]
    [InlineData(DnsTransport.Tcp)]
    public void Responder_answers_with_a_message_that_fits_or_not_at_all(DnsTransport transport)
    {
        using var random = RandomNumberGenerator.Create();
        var responder = new Responder(new DnsServerOptions(), random);
        var names = new NameTable(
            [
                (DnsName.Parse("web"), IPAddress.Loopback),
                .. Enumerable.Range(0, 200).Select(static i => (DnsName.Parse("a"), new IPAddress([10, 0, 0, (byte)i]))),
            ],
            [(IPAddress.Loopback, DnsName.Parse("web.net1"))]);
        byte[] room = new byte[transport == DnsTransport.Udp ? responder.UdpBufferSize : ushort.MaxValue];
        var outcomes = new Dictionary<ResponderOutcome, long>();
        long inputs = Each(bytes =>
        {
            ResponderOutcome outcome = responder.Respond(bytes, transport, names, UpstreamPolicy.Forbidden, room, out _, out int length);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Demand((length == 0) == (outcome == ResponderOutcome.Dropped), bytes);
            if (length == 0)
            {
                return;
            }

            var answer = DnsMessage.Parse(room.AsMemory(0, length));
            ArsoftReader.Demand(answer, room.AsMemory(0, length));
            DnsFormatError error = DnsQuery.TryParse(bytes, out DnsQuery query);
            Demand(answer.Header.IsResponse && answer.Header.Id == ((bytes.Span[0] << 8) | bytes.Span[1]), bytes);
            Demand((error == DnsFormatError.None) == (answer.Questions.Count == 1), bytes);
            Demand((query.Edns is not null) == (answer.Additional.Count == 1), bytes);
            Demand(transport == DnsTransport.Tcp || length <= Math.Max((int)(query.Edns?.UdpPayloadSize ?? 0), 512), bytes);
            Demand(outcome == ResponderOutcome.OwnName || length <= Math.Max(bytes.Length, DnsHeader.Size), bytes);
        });
        output.WriteLine($"{inputs} inputs: {string.Join(", ", outcomes)}");
        Assert.Equal(4, outcomes.Count);
    }

    [Fact]
    public void Unread_gives_the_same_messages_however_the_stream_is_cut()
    {
        byte[] stream = new byte[20_000];
        long inputs = FuzzRun.Repeat(10, bytes =>
        {
            int length = 0;
            var sent = new List<byte[]>();
            for (int i = 0; i < 10; i++)
            {
                int message = bytes.Next(4) == 0 ? bytes.Next(3) : bytes.Next(1500);
                (stream[length], stream[length + 1]) = ((byte)(message >> 8), (byte)message);
                stream.AsSpan(length + 2, message).Fill((byte)i);
                sent.Add(stream.AsSpan(length + 2, message).ToArray());
                length += message + 2;
            }

            var buffer = new ReceiveBuffer();
            var got = new List<byte[]>();
            for (int at = 0; at < length;)
            {
                at += Piece(buffer, got, stream.AsMemory(at, Math.Min(length - at, 1 + bytes.Next(bytes.Next(3) == 0 ? 3 : 3000))), bytes);
            }

            while (buffer.HasMessage)
            {
                Take(buffer, got, buffer.Bytes, 100);
            }

            bool isSame = got.Count == 10 && got.Zip(sent).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));
            Demand(buffer.IsEmpty && isSame, stream.AsMemory(0, length));
        });
        output.WriteLine($"{inputs} inputs");
    }

    // As a connection does: into the space of the buffer when there is part of a message, and some messages in each call.
    private static int Piece(ReceiveBuffer buffer, List<byte[]> got, Memory<byte> piece, HostileBytes bytes)
    {
        while (buffer.HasMessage)
        {
            Take(buffer, got, buffer.Bytes, 1 + bytes.Next(3));
        }

        if (buffer.IsEmpty)
        {
            Take(buffer, got, piece.ToArray(), bytes.Next(3));
            return piece.Length;
        }

        Span<byte> space = buffer.GetSpace();
        int length = Math.Min(space.Length, piece.Length);
        piece.Span[..length].CopyTo(space);
        buffer.Advance(length);
        return length;
    }

    private static void Take(ReceiveBuffer buffer, List<byte[]> got, ReadOnlyMemory<byte> bytes, int max)
    {
        while (max-- > 0 && ReceiveBuffer.TryReadMessage(ref bytes, out ReadOnlyMemory<byte> message))
        {
            got.Add(message.ToArray());
        }

        buffer.Keep(bytes);
    }

    private static long Each(Action<ReadOnlyMemory<byte>> target)
    {
        byte[] room = new byte[2000];
        return FuzzRun.Repeat(Batch, source =>
        {
            for (int i = 0; i < Batch; i++)
            {
                // A copy of that length: reading behind the end would throw.
                target(room.AsSpan(0, source.Write(room)).ToArray());
            }
        });
    }

    private static void Demand(bool holds, ReadOnlyMemory<byte> bytes)
    {
        if (!holds)
        {
            Assert.Fail($"does not hold for {Convert.ToHexString(bytes.Span)}");
        }
    }
}
