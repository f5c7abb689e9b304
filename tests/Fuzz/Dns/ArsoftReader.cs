using ARSoft.Tools.Net.Dns;
using Net.Dns.Wire;
using Net.Tests.TestKit.Dns;
using ArsoftMessage = ARSoft.Tools.Net.Dns.DnsMessage;
using DnsMessage = Net.Dns.Wire.DnsMessage;
using DnsQuestion = Net.Dns.Wire.DnsQuestion;

namespace Net.Tests.Fuzz.Dns;

/// <summary>Reads our messages with ARSoft, and says where that reader sees something else than we meant.</summary>
internal static class ArsoftReader
{
    /// <summary>A type that nobody knows (RFC 6895 3.1: private use), whose RDATA is bytes to every reader.</summary>
    private const DnsRecordType Opaque = (DnsRecordType)65281;

    /// <summary>Fails when ARSoft reads something else in a message of ours than was meant.</summary>
    internal static void Demand(DnsMessage meant, ReadOnlyMemory<byte> bytes)
    {
        string? difference = Difference(meant, bytes);
        Assert.True(difference is null, difference);
    }

    /// <summary>Compares a message of ours with what ARSoft reads in it.</summary>
    /// <param name="meant">What was written.</param>
    /// <param name="bytes">What our encoder made of it.</param>
    /// <returns>The first difference; null when there is none.</returns>
    internal static string? Difference(DnsMessage meant, ReadOnlyMemory<byte> bytes)
    {
        // A type that ARSoft knows, with RDATA that is none of that type, makes it throw, or is read half: such a record goes as raw data.
        DnsMessage plain = meant with
        {
            Answers = [.. meant.Answers.Select(Plain)],
            Authorities = [.. meant.Authorities.Select(Plain)],
            Additional = [.. meant.Additional.Select(Plain)],
        };
        if (!Same(plain.Answers, meant.Answers) || !Same(plain.Authorities, meant.Authorities) || !Same(plain.Additional, meant.Additional))
        {
            byte[] room = new byte[ushort.MaxValue];
            bytes = room.AsMemory(0, plain.Write(room));
        }

        ArsoftMessage read;
        try
        {
            read = Read(bytes);
        }
        catch (Exception error)
        {
            return $"ARSoft cannot read it: {error.Message}";
        }

        return HeaderDifference(plain.Header, read)
            ?? QuestionDifference(plain.Questions, read.Questions)
            ?? Difference("answer", plain.Answers, read.AnswerRecords)
            ?? Difference("authority", plain.Authorities, read.AuthorityRecords)
            ?? Difference("additional", plain.Additional, read.AdditionalRecords);
    }

    /// <summary>The first difference of two lists of records; null when there is none.</summary>
    internal static string? Difference(string section, IReadOnlyList<DnsRecord> meant, List<DnsRecordBase> read)
    {
        if (meant.Count != read.Count)
        {
            return $"{section}: {meant.Count} records are meant, {read.Count} are read";
        }

        for (int i = 0; i < read.Count; i++)
        {
            DnsRecord record = meant[i];
            DnsRecordBase theirs = read[i];
            if (!SameBytes(record.Name.Wire, ArsoftCodec.Wire(theirs.Name))
                || (ushort)record.Type != (ushort)theirs.RecordType
                || (theirs is not OptRecord
                    && ((ushort)record.Class != (ushort)theirs.RecordClass || record.Ttl != (uint)theirs.TimeToLive))
                || !SameBytes(Data(record), ArsoftCodec.EncodeData(theirs)))
            {
                return $"{section} {i}: {record} with {Convert.ToHexString(Data(record))} is meant, "
                    + $"{theirs} of type {theirs.RecordType} with {Convert.ToHexString(ArsoftCodec.EncodeData(theirs))} is read";
            }

            if (theirs is OptRecord opt && (opt.UdpPayloadSize, opt.Version, opt.IsDnsSecOk)
                != ((ushort)record.Class, (byte)(record.Ttl >> 16), (record.Ttl & 0x8000) != 0))
            {
                return $"{section} {i}: {record} is meant, {opt} is read";
            }
        }

        return null;
    }

    /// <summary>RDATA without compression.</summary>
    internal static byte[] Data(DnsRecord record) => record.Data switch
    {
        AddressData address => address.Address.GetAddressBytes(),
        NameData name => name.Name.Wire.ToArray(),
        _ => ((RawData)record.Data).Bytes.ToArray(),
    };

    private static ArsoftMessage Read(ReadOnlyMemory<byte> bytes) => ArsoftMessage.Parse(new ArraySegment<byte>(bytes.ToArray()));

    private static string? HeaderDifference(DnsHeader header, ArsoftMessage read)
    {
        DnsFlags flags = (read.IsQuery ? 0 : DnsFlags.Response) | (DnsFlags)((int)read.OperationCode << 11)
            | (read.IsAuthoritiveAnswer ? DnsFlags.Authoritative : 0) | (read.IsTruncated ? DnsFlags.Truncated : 0)
            | (read.IsRecursionDesired ? DnsFlags.RecursionDesired : 0) | (read.IsRecursionAllowed ? DnsFlags.RecursionAvailable : 0)
            | (read.IsAuthenticData ? DnsFlags.AuthenticData : 0) | (read.IsCheckingDisabled ? DnsFlags.CheckingDisabled : 0)
            | (DnsFlags)((int)read.ReturnCode & 0xf);
        return read.TransactionID == header.Id && flags == (header.Flags & ~DnsFlags.Reserved)
            ? null
            : $"id {header.Id} and flags {header.Flags:x} are meant, {read.TransactionID} and {flags:x} are read";
    }

    private static string? QuestionDifference(IReadOnlyList<DnsQuestion> meant, List<ARSoft.Tools.Net.Dns.DnsQuestion> read)
    {
        bool isSame = meant.Count == read.Count && meant.Zip(read).All(static pair =>
            SameBytes(pair.First.Name.Wire, ArsoftCodec.Wire(pair.Second.Name))
            && (ushort)pair.First.Type == (ushort)pair.Second.RecordType
            && (ushort)pair.First.Class == (ushort)pair.Second.RecordClass);
        return isSame ? null : $"questions {string.Join(", ", meant)} are meant, {string.Join(", ", read)} are read";
    }

    private static bool Same(IReadOnlyList<DnsRecord> left, IReadOnlyList<DnsRecord> right) =>
        left.SequenceEqual(right, ReferenceEqualityComparer.Instance);

    // ARSoft reads text and labels as ASCII, so that a byte from 128 on comes out as a question mark.
    private static bool SameBytes(ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        bool isSame = ours.Length == theirs.Length;
        for (int i = 0; isSame && i < ours.Length; i++)
        {
            isSame = ours[i] == theirs[i] || (ours[i] >= 0x80 && theirs[i] == '?');
        }

        return isSame;
    }

    // Types that our reader takes apart are never replaced: both must read them alike.
    private static DnsRecord Plain(DnsRecord record) =>
        record.Data is not RawData || RdataLayout.Of(record.Type).Names > 0 || IsReadByArsoft(record)
            ? record
            : record with { Type = Opaque };

    private static bool IsReadByArsoft(DnsRecord record)
    {
        byte[] room = new byte[ushort.MaxValue];
        var writer = new DnsMessageWriter(room);
        writer.TryAddRecord(DnsSection.Additional, record);
        try
        {
            ArsoftMessage read = Read(room.AsMemory(0, writer.Finish(0, DnsFlags.None)));
            return read.AdditionalRecords is [var only] && SameBytes(Data(record), ArsoftCodec.EncodeData(only));
        }
        catch (Exception)
        {
            return false;
        }
    }
}
