using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>Decides what is done with a client's message, and writes the response when it can be given at once. No I/O: bytes in, bytes
/// out.</summary>
/// <remarks>For one thread. Allocates nothing for a local name in a query without compression, unless the name source does.</remarks>
/// <param name="options">Limits and the time to live.</param>
/// <param name="random">Shuffles the addresses of a response.</param>
public sealed class Responder(DnsServerOptions options, RandomNumberGenerator random)
{
    private const int ResponseBitOffset = 2;
    private const DnsFlags CopiedFlags = DnsFlags.OpcodeMask | DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled;
    private const DnsFlags SetFlags = DnsFlags.Response | DnsFlags.RecursionAvailable;

    private readonly uint _ttl = Math.Min(options.TtlSeconds, int.MaxValue); // a TTL with the top bit set counts as 0 (RFC 2181 8)
    private readonly RandomSource _random = new(random);
    private readonly List<IPAddress> _addresses = [];
    private readonly List<DnsName> _names = [];

    /// <summary>The size in bytes of the buffer that <see cref="Respond"/> needs for a response over UDP.</summary>
    public int UdpBufferSize => options.MaxUdpResponseSize;

    /// <summary>Answers a message, or says that it is to be dropped or forwarded.</summary>
    /// <param name="message">The message, well-formed or not.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="names">The local names that the client sees.</param>
    /// <param name="upstreams">Says whether the client's queries may be forwarded.</param>
    /// <param name="response">Takes the response: <see cref="UdpBufferSize"/> bytes for UDP, 65535 for TCP.</param>
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
            // A response to a response could go back and forth for ever between two servers.
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

        Span<byte> limited = response[..Math.Min(response.Length, SizeLimit(query, transport))];
        if (!isQuery)
        {
            // A query with OPT gets a response with OPT (RFC 6891 6.1.1): without it the client would take this for a server without EDNS.
            length = WriteEmpty(query, DnsResponseCode.NotImplemented, limited);
            return ResponderOutcome.Rejected;
        }

        return Decide(query, names, upstreams, limited, out length);
    }

    /// <summary>Writes a response that has a code and no records, such as SERVFAIL.</summary>
    /// <param name="message">A query that <see cref="Respond"/> said to forward.</param>
    /// <param name="code">The code.</param>
    /// <param name="response">Takes the response; 512 bytes are enough.</param>
    /// <returns>The size of the response in bytes.</returns>
    public int Fail(ReadOnlyMemory<byte> message, DnsResponseCode code, Span<byte> response) =>
        DnsQuery.TryParse(message, out DnsQuery query) == DnsFormatError.None ? WriteEmpty(query, code, response) : 0;

    private static int WriteHeader(ushort id, DnsFlags flags, DnsResponseCode code, Span<byte> response)
    {
        new DnsHeader(id, (flags & CopiedFlags) | SetFlags | (DnsFlags)code).Write(response);
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

        if (TryAnswerLocal(query, names, response, out length) || TryAnswerSpecialUse(query, response, out length))
        {
            return ResponderOutcome.OwnName;
        }

        if (question.Type is DnsRecordType.ZoneTransfer or DnsRecordType.IncrementalTransfer)
        {
            // A zone transfer has many messages (RFC 5936 2.2); the forwarder passes one response only.
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

    private bool TryAnswerLocal(in DnsQuery query, INameSource names, Span<byte> response, out int length)
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
            case NameLookup.NotLocal when question.Type == DnsRecordType.Pointer || !names.TryLookupPointer(question.Name, _names):
                return false;
            case NameLookup.Missing:
                length = WriteEmpty(query, DnsResponseCode.NameError, response);
                return true;
        }

        // The name exists; without addresses it has no record of the type (NODATA, RFC 2308 2.2). That holds for a reverse name and a type
        // other than PTR, too.
        length = _addresses.Count == 0 ? WriteEmpty(query, DnsResponseCode.NoError, response) : WriteAddresses(query, response);
        return true;
    }

    private bool TryAnswerSpecialUse(in DnsQuery query, Span<byte> response, out int length)
    {
        length = 0;
        DnsQuestion question = query.Question;
        if (SpecialUseName.IsInvalid(question.Name))
        {
            length = WriteEmpty(query, DnsResponseCode.NameError, response);
            return true;
        }

        if (!SpecialUseName.IsLocalhost(question.Name))
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
            var opt = new Edns((ushort)options.MaxUdpResponseSize, (byte)((ushort)code >> 4), DnssecOk: asked.DnssecOk);
            writer.TryAddEdns(opt);
        }

        return writer.Finish(query.Header.Id, (query.Header.Flags & CopiedFlags) | SetFlags | ((DnsFlags)code & DnsFlags.ResponseCodeMask));
    }

    /// <summary>Shuffles so that all orders are equally likely (Fisher and Yates).</summary>
    private void Shuffle(List<IPAddress> addresses)
    {
        for (int i = addresses.Count - 1; i > 0; i--)
        {
            int other = _random.Next(i + 1);
            (addresses[i], addresses[other]) = (addresses[other], addresses[i]);
        }
    }
}
