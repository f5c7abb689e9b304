using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Writes an upstream server's response as the response to a client: with the id of the client's query, and truncated when it is
/// longer than the client accepts.</summary>
internal static class ClientResponseWriter
{
    /// <summary>The size in bytes that the headers of IPv4 and UDP leave of the longest datagram.</summary>
    private const int MaxUdpPayload = ushort.MaxValue - 28;

    /// <summary>The size in bytes of the longest response that a client accepts.</summary>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="bufferSize">The size of the buffer that the response is written to.</param>
    public static int MaxLength(in DnsQuery query, DnsTransport transport, int bufferSize)
    {
        int advertised = query.Edns?.UdpPayloadSize ?? Edns.MinimumUdpPayloadSize;
        int accepted = transport == DnsTransport.Tcp ? ushort.MaxValue : Math.Clamp(advertised, Edns.MinimumUdpPayloadSize, MaxUdpPayload);
        return Math.Min(accepted, bufferSize);
    }

    /// <summary>Writes a response with the id of the client's query. A response that is longer than the client accepts is truncated to its
    /// question, with TC (RFC 2181 9).</summary>
    /// <param name="response">A whole response to the client's query.</param>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="udpSize">The payload size that our OPT record advertises in a truncated response.</param>
    /// <param name="buffer">Written to, at least 512 bytes; a response that has no room in it is truncated too.</param>
    /// <returns>The size in bytes.</returns>
    public static int Write(ReadOnlySpan<byte> response, in DnsQuery query, DnsTransport transport, int udpSize, Span<byte> buffer)
    {
        if (response.Length > MaxLength(query, transport, buffer.Length) && DnsHeader.TryRead(response, out DnsHeader header))
        {
            return WriteTruncated(header.Flags, query, udpSize, buffer);
        }

        // A server that could not parse the question may leave it out (RFC 1035 4.1.1); clients accept no response without it.
        if (DnsHeader.TryRead(response, out header) && header.QuestionCount == 0)
        {
            return WriteQuestionOnly(header.Flags, query, udpSize, buffer);
        }

        response.CopyTo(buffer);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, query.Header.Id);
        return response.Length;
    }

    /// <summary>Writes a truncated response: the header with TC, the question, and OPT when the client sent one.</summary>
    /// <param name="flags">The flags of the whole response.</param>
    /// <param name="query">The client's query.</param>
    /// <param name="udpSize">The payload size that our OPT record advertises.</param>
    /// <param name="buffer">Written to, at least 512 bytes.</param>
    /// <returns>The size in bytes.</returns>
    public static int WriteTruncated(DnsFlags flags, in DnsQuery query, int udpSize, Span<byte> buffer) =>
        WriteQuestionOnly(flags | DnsFlags.Truncated, query, udpSize, buffer);

    private static int WriteQuestionOnly(DnsFlags flags, in DnsQuery query, int udpSize, Span<byte> buffer)
    {
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(query.Question);
        if (query.Edns is { } asked)
        {
            writer.TryAddEdns(new Edns((ushort)udpSize, DnssecOk: asked.DnssecOk));
        }

        return writer.Finish(query.Header.Id, flags);
    }
}
