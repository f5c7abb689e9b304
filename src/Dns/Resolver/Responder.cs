using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>Decides what becomes of a message from a client and writes the answer when it is ours to give. No I/O: bytes in, bytes out.</summary>
/// <remarks>For one thread. Makes no garbage for a question of our own names that is not compressed, the name source's own aside.</remarks>
/// <param name="options">Limits and the time to live.</param>
/// <param name="random">Orders the addresses of an answer.</param>
public sealed class Responder(DnsServerOptions options, RandomNumberGenerator random)
{
    private const int ResponseBitOffset = 2;
    private const DnsFlags Copied = DnsFlags.OpcodeMask | DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled;
    private const DnsFlags Always = DnsFlags.Response | DnsFlags.RecursionAvailable;

    private readonly uint _ttl = Math.Min(options.TtlSeconds, int.MaxValue); // a larger one counts as none (RFC 2181 8)
    private readonly RandomSource _random = new(random);
    private readonly List<IPAddress> _addresses = [];
    private readonly List<DnsName> _names = [];

    /// <summary>The least room that <see cref="Respond"/> needs for a response over UDP, in bytes.</summary>
    public int UdpBufferSize => options.MaxUdpResponseSize;

    /// <summary>Answers a message, or says that it is to be dropped or forwarded.</summary>
    /// <param name="message">What came, whatever it is.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="names">The names that the client may see.</param>
    /// <param name="upstreams">Whether the client may ask others.</param>
    /// <param name="response">Room for the response: <see cref="UdpBufferSize"/> for UDP, 65535 bytes for TCP.</param>
    /// <param name="query">The query, when the result is <see cref="ResponderOutcome.Forward"/>.</param>
    /// <param name="length">The size of the response in bytes; 0 when there is none.</param>
    public ResponderOutcome Respond(
        ReadOnlyMemory<byte> message,
        DnsTransport transport,
        INameSource names,
        UpstreamPolicy upstreams,
        Span<byte> response,
        out DnsQuery query,
        out int length)
    {
        query = default;
        length = 0;
        ReadOnlySpan<byte> bytes = message.Span;
        if (bytes.Length < sizeof(ushort) || (bytes.Length > ResponseBitOffset && (bytes[ResponseBitOffset] & 0x80) != 0))
        {
            // An answer to a response could go round for ever between two servers.
            return ResponderOutcome.Dropped;
        }

        if (!DnsHeader.TryRead(bytes, out DnsHeader header))
        {
            length = WriteHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes), DnsFlags.None, DnsResponseCode.FormatError, response);
            return ResponderOutcome.Rejected;
        }

        bool isQuery = header.Opcode == DnsOpcode.Query;
        if (DnsQuery.TryParse(message, out query) != DnsFormatError.None)
        {
            length = WriteHeader(header.Id, header.Flags, isQuery ? DnsResponseCode.FormatError : DnsResponseCode.NotImplemented, response);
            return ResponderOutcome.Rejected;
        }

        Span<byte> room = response[..Math.Min(response.Length, SizeLimit(query, transport))];
        if (!isQuery)
        {
            // Who sends OPT gets OPT (RFC 6891 6.1.1): without it the client would take us for a server that does not know EDNS.
            length = WriteEmpty(query, DnsResponseCode.NotImplemented, room);
            return ResponderOutcome.Rejected;
        }

        return Decide(query, names, upstreams, room, out length);
    }

    /// <summary>Writes a response that has a code and no records, such as SERVFAIL.</summary>
    /// <param name="message">A query that <see cref="Respond"/> said to forward.</param>
    /// <param name="code">The code.</param>
    /// <param name="response">Room for the response: 512 bytes do.</param>
    /// <returns>The size of the response in bytes.</returns>
    public int Fail(ReadOnlyMemory<byte> message, DnsResponseCode code, Span<byte> response) =>
        DnsQuery.TryParse(message, out DnsQuery query) == DnsFormatError.None ? WriteEmpty(query, code, response) : 0;

    private static int WriteHeader(ushort id, DnsFlags flags, DnsResponseCode code, Span<byte> response)
    {
        new DnsHeader(id, (flags & Copied) | Always | (DnsFlags)code).Write(response);
        return DnsHeader.Size;
    }

    private int SizeLimit(in DnsQuery query, DnsTransport transport)
    {
        if (transport == DnsTransport.Tcp)
        {
            return ushort.MaxValue;
        }

        ushort asked = query.Edns?.UdpPayloadSize ?? Edns.MinimumUdpPayloadSize;
        return Math.Clamp(asked, Edns.MinimumUdpPayloadSize, options.MaxUdpResponseSize);
    }

    private ResponderOutcome Decide(
        in DnsQuery query, INameSource names, UpstreamPolicy upstreams, Span<byte> response, out int length)
    {
        DnsQuestion question = query.Question;
        if (query.Edns is { Version: > 0 })
        {
            length = WriteEmpty(query, DnsResponseCode.BadVersion, response);
            return ResponderOutcome.Rejected;
        }

        if (question.Class != DnsRecordClass.Internet)
        {
            length = WriteEmpty(query, DnsResponseCode.Refused, response);
            return ResponderOutcome.Rejected;
        }

        if (TryAnswerOwn(query, names, response, out length) || TryAnswerSpecial(query, response, out length))
        {
            return ResponderOutcome.OwnName;
        }

        if (question.Type is DnsRecordType.ZoneTransfer or DnsRecordType.IncrementalTransfer)
        {
            // A transfer is many messages (RFC 5936 2.2): the forwarder, which passes one answer, cannot do it.
            length = WriteEmpty(query, DnsResponseCode.Refused, response);
            return ResponderOutcome.Rejected;
        }

        if (upstreams.IsForbidden)
        {
            length = WriteEmpty(query, DnsResponseCode.NameError, response);
            return ResponderOutcome.Forbidden;
        }

        return ResponderOutcome.Forward;
    }

    private bool TryAnswerOwn(in DnsQuery query, INameSource names, Span<byte> response, out int length)
    {
        length = 0;
        DnsQuestion question = query.Question;
        _names.Clear();
        if (question.Type == DnsRecordType.Pointer && names.TryLookupPointer(question.Name, _names))
        {
            length = WritePointers(query, response);
            return true;
        }

        AddressFamily family = question.Type switch
        {
            DnsRecordType.A => AddressFamily.InterNetwork,
            DnsRecordType.Aaaa => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        _addresses.Clear();
        switch (names.Lookup(question.Name, family, _addresses))
        {
            case NameLookup.NotOurs when question.Type == DnsRecordType.Pointer || !names.TryLookupPointer(question.Name, _names):
                return false;
            case NameLookup.Missing:
                length = WriteEmpty(query, DnsResponseCode.NameError, response);
                return true;
        }

        // For any other type the name is there, be it that of an address, and has no such record (RFC 2308 2.2).
        length = _addresses.Count == 0 ? WriteEmpty(query, DnsResponseCode.NoError, response) : WriteAddresses(query, response);
        return true;
    }

    private bool TryAnswerSpecial(in DnsQuery query, Span<byte> response, out int length)
    {
        length = 0;
        DnsQuestion question = query.Question;
        if (SpecialName.IsInvalid(question.Name))
        {
            length = WriteEmpty(query, DnsResponseCode.NameError, response);
            return true;
        }

        if (!SpecialName.IsLocalhost(question.Name))
        {
            return false;
        }

        if (question.Type is DnsRecordType.A or DnsRecordType.Aaaa)
        {
            _addresses.Add(question.Type == DnsRecordType.A ? IPAddress.Loopback : IPAddress.IPv6Loopback);
            length = WriteAddresses(query, response);
        }
        else
        {
            length = WriteEmpty(query, DnsResponseCode.NoError, response);
        }

        return true;
    }

    private int WriteAddresses(in DnsQuery query, Span<byte> response)
    {
        Shuffle(_addresses);
        DnsMessageWriter writer = Begin(query, response);
        foreach (IPAddress address in _addresses)
        {
            writer.TryAddAddress(DnsSection.Answer, query.Question.Name, _ttl, address);
        }

        return Finish(ref writer, query, DnsResponseCode.NoError);
    }

    private int WritePointers(in DnsQuery query, Span<byte> response)
    {
        DnsMessageWriter writer = Begin(query, response);
        foreach (DnsName name in _names)
        {
            writer.TryAddName(DnsSection.Answer, query.Question.Name, DnsRecordType.Pointer, DnsRecordClass.Internet, _ttl, name);
        }

        return Finish(ref writer, query, DnsResponseCode.NoError);
    }

    private int WriteEmpty(in DnsQuery query, DnsResponseCode code, Span<byte> response)
    {
        DnsMessageWriter writer = Begin(query, response);
        return Finish(ref writer, query, code);
    }

    private static DnsMessageWriter Begin(in DnsQuery query, Span<byte> response)
    {
        var writer = new DnsMessageWriter(response);
        writer.Reserve(query.Edns is null ? 0 : Edns.MinimumSize);
        writer.TryAddQuestion(query.Question);
        return writer;
    }

    private int Finish(ref DnsMessageWriter writer, in DnsQuery query, DnsResponseCode code)
    {
        writer.Release();
        if (query.Edns is { } asked)
        {
            var ours = new Edns((ushort)options.MaxUdpResponseSize, (byte)((ushort)code >> 4), DnssecOk: asked.DnssecOk);
            writer.TryAddEdns(ours);
        }

        return writer.Finish(query.Header.Id, (query.Header.Flags & Copied) | Always | ((DnsFlags)code & DnsFlags.ResponseCodeMask));
    }

    /// <summary>Any order is as likely as any other (Fisher and Yates).</summary>
    private void Shuffle(List<IPAddress> addresses)
    {
        for (int i = addresses.Count - 1; i > 0; i--)
        {
            int other = _random.Next(i + 1);
            (addresses[i], addresses[other]) = (addresses[other], addresses[i]);
        }
    }
}
