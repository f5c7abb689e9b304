using System.Net;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Fuzz.Dns;

/// <summary>Properties of everything that reads bytes from a network. FsCheck prints the seed of a run that fails.</summary>
public sealed class DnsMessageFuzz
{
    /// <summary>How many inputs a property is tried on: <c>NETCTL_FUZZ_RUNS</c>, 20,000 by default.</summary>
    private static int Runs =>
        int.TryParse(Environment.GetEnvironmentVariable("NETCTL_FUZZ_RUNS"), out int runs) ? runs : 20_000;

    private static Config Quick => Config.QuickThrowOnFailure.WithMaxTest(Runs);

    [Fact]
    public void DnsMessage_any_bytes_are_a_message_or_one_of_two_failures() => Check(Bytes, static bytes =>
    {
        DnsFormatError error = DnsMessage.TryParse(bytes, out DnsMessage? message);
        return Enum.IsDefined(error) && error == DnsFormatError.None == message is not null;
    });

    [Fact]
    public void DnsMessage_what_is_read_writes_and_reads_the_same()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        int messages = 0;
        Check(Bytes, bytes =>
        {
            if (DnsMessage.TryParse(bytes, out DnsMessage? message) != DnsFormatError.None)
            {
                return true;
            }

            // Expanded names may make it longer, and compression shorter.
            messages += message!.Answers.Count > 0 ? 1 : 0;
            Memory<byte> written = buffer.AsMemory(0, message.Write(buffer));
            ArsoftReader.Demand(message, written);
            var again = DnsMessage.Parse(written);
            return again.Header == message.Header
                && again.Questions.SequenceEqual(message.Questions)
                && again.Answers.SequenceEqual(message.Answers)
                && again.Authorities.SequenceEqual(message.Authorities)
                && again.Additional.SequenceEqual(message.Additional);
        });

        // Inputs that are nearly all refused would prove nothing.
        Assert.True(messages > Runs / 100, $"Only {messages} of {Runs} inputs were messages with an answer.");
    }

    [Fact]
    public void DnsQuery_reads_nothing_that_DnsMessage_calls_truncated() => Check(Bytes, static bytes =>
        DnsQuery.TryParse(bytes, out _) != DnsFormatError.None || DnsMessage.TryParse(bytes, out _) != DnsFormatError.Truncated);

    [Fact]
    public void DnsName_what_is_read_has_a_text_that_reads_back() => Check(Bytes, static bytes =>
    {
        if (DnsMessage.TryParse(bytes, out DnsMessage? message) != DnsFormatError.None)
        {
            return true;
        }

        return message!.Questions.All(static question =>
            question.Name.Wire.Length <= DnsName.MaxLength
            && DnsName.Parse(question.Name.ToString()).Wire.SequenceEqual(question.Name.Wire));
    });

    [Fact]
    public void DnsName_any_text_is_a_name_or_refused() => Check(ArbMap.Default.GeneratorFor<string>(), static text =>
        !DnsName.TryParse(text, out DnsName name) || DnsName.Parse(name.ToString()) == name);

    [Fact]
    public void ReverseName_any_address_reads_back() => Check(
        Gen.OneOf(RawBytes(4), RawBytes(16)),
        static bytes => ReverseName.TryGetAddress(ReverseName.FromAddress(new IPAddress(bytes)), out IPAddress? address)
            && address.GetAddressBytes().AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Responder_any_bytes_get_a_message_with_their_id_or_none()
    {
        using var random = RandomNumberGenerator.Create();
        var responder = new Responder(new DnsServerOptions(), random);
        var names = new NameTable([(DnsName.Parse("web"), IPAddress.Loopback)], []);
        byte[] response = new byte[responder.UdpBufferSize];
        Check(Bytes, bytes =>
        {
            ResponderOutcome outcome =
                responder.Respond(bytes, DnsTransport.Udp, names, UpstreamPolicy.Forbidden, response, out _, out int length);
            if (length == 0)
            {
                return outcome == ResponderOutcome.Dropped;
            }

            var answer = DnsMessage.Parse(response.AsMemory(0, length));
            ArsoftReader.Demand(answer, response.AsMemory(0, length));
            return answer.Header.IsResponse && answer.Header.Id == ((bytes[0] << 8) | bytes[1]) && length <= response.Length;
        });
    }

    /// <summary>Bytes that reach deep: noise, pieces that messages are made of in any order and in the right one, whole messages with bytes
    /// changed.</summary>
    private static Gen<byte[]> Bytes => Gen.OneOf(Noise, Built, Shaped, Changed);

    private static Gen<byte[]> Noise => Gen.Sized(static size => Gen.Choose(0, 255).ArrayOf(size)).Select(ToBytes);

    private static Gen<byte[]> Built =>
        from counts in Gen.Choose(0, 3).ArrayOf(4)
        from flags in Gen.Elements(0, 0x0100, 0x8180, 0x2800)
        from pieces in Gen.Elements(Pieces).ListOf()
        select (byte[])
        [
            0x12, 0x34, (byte)(flags >> 8), (byte)flags, .. counts.SelectMany(static count => new byte[] { 0, (byte)count }),
            .. pieces.SelectMany(Convert.FromHexString),
        ];

    /// <summary>Questions and records with the right counts; the names may still be anything.</summary>
    private static Gen<byte[]> Shaped =>
        from questions in Gen.Choose(0, 2)
        from answers in Gen.Choose(0, 3)
        from additional in Gen.Choose(0, 2)
        from names in Gen.Elements(Pieces[..6].Select(static piece => piece.Length > 4 || piece == "0161" ? piece + "00" : piece).ToArray())
            .ArrayOf(questions + answers + additional)
        from kinds in Gen.Elements(Pieces[10..13]).ArrayOf(questions)
        from records in Gen.Elements(Pieces[13..]).ArrayOf(answers + additional)
        select (byte[])
        [
            0x12, 0x34, 1, 0, 0, (byte)questions, 0, (byte)answers, 0, 0, 0, (byte)additional,
            .. Convert.FromHexString(string.Concat(names.Zip([.. kinds, .. records], static (name, rest) => name + rest))),
        ];

    private static Gen<byte[]> Changed =>
        from whole in Gen.Elements(Messages)
        from length in Gen.Choose(0, whole.Length / 2)
        from positions in Gen.Choose(0, (whole.Length / 2) - 1).ListOf()
        from values in Gen.Choose(0, 255).ArrayOf(64)
        select Change(Convert.FromHexString(whole), length, positions, values);

    /// <summary>Labels, pointers back, forward and to themselves, and fixed parts of questions and records of the types with a
    /// layout.</summary>
    private static string[] Pieces =>
    [
        "00", "0161", "03777777", "c00c", "c00e", "c010", "c0ff", "3f", "40", "80", "00010001", "00ff0001", "001c0001",
        "000100010000000500040a000001", "001c00010000000500100102030405060708090a0b0c0d0e0f10", "000c0001000000050002c00c",
        "000f0001000000050004000ac00c", "00060001000000050018c00cc00c0000000100000002000000030000000400000005", "00290400000000000000",
        "00210001000000050008000000000050c00c", "ff0000010000000500020102", "0005000100000005ffff",
    ];

    private static string[] Messages =>
    [
        "35fd0120000100000000000103576542076578616d706c65036f726700001c000100002904d000000000000c000a0008f41965b1fc680e90",
        "beef8580000100030001000103777777076578616d706c65036f72670000ff0001c00c00010001000000050004c0000207c010000f000100000e100009"
        + "000a046d61696cc010c00c000c0001000000050002c010c010000600010000003c001dc00c04686f7374c010000000010000000200000003000000040000"
        + "000500002904d0000080000000",
    ];

    private static Gen<byte[]> RawBytes(int length) => Gen.Choose(0, 255).ArrayOf(length).Select(ToBytes);

    private static byte[] ToBytes(int[] values) => Array.ConvertAll(values, static value => (byte)value);

    private static byte[] Change(byte[] message, int removed, IEnumerable<int> positions, int[] values)
    {
        int next = 0;
        foreach (int position in positions)
        {
            message[position] = (byte)values[next++ % values.Length];
        }

        // Half of the inputs stay whole.
        return removed % 2 == 0 ? message : message.AsSpan(0, message.Length - removed).ToArray();
    }

    private static void Check<T>(Gen<T> inputs, Func<T, bool> property) =>
        Prop.ForAll(inputs.ToArbitrary(), property).Check(Quick);
}
