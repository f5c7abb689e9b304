using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Makes a server's answer one for the client that asked.</summary>
internal static class AnswerFit
{
    private const int MostUdp = ushort.MaxValue - 28; // what IPv4's and UDP's own headers leave of the longest datagram

    /// <summary>The longest answer that a client takes, in bytes.</summary>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="room">How much room there is for the answer.</param>
    public static int Most(in DnsQuery query, DnsTransport transport, int room)
    {
        int said = query.Edns?.UdpPayloadSize ?? Edns.MinimumUdpPayloadSize;
        int taken = transport == DnsTransport.Tcp ? ushort.MaxValue : Math.Clamp(said, Edns.MinimumUdpPayloadSize, MostUdp);
        return Math.Min(taken, room);
    }

    /// <summary>Writes the answer with the client's id; one that is longer than the client takes is cut to the question, with TC (RFC 2181 9).</summary>
    /// <param name="answer">A whole answer to the client's question.</param>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="udpSize">What our OPT says that we take, when the answer is cut.</param>
    /// <param name="room">Where to, at least 512 bytes; what has no room in it is cut too.</param>
    /// <returns>The size in bytes.</returns>
    public static int Write(ReadOnlySpan<byte> answer, in DnsQuery query, DnsTransport transport, int udpSize, Span<byte> room)
    {
        if (answer.Length > Most(query, transport, room.Length) && DnsHeader.TryRead(answer, out DnsHeader header))
        {
            return WriteCut(header.Flags, query, udpSize, room);
        }

        // A server that could not read the question may leave it out (RFC 1035 4.1.1); clients take no answer without it.
        if (DnsHeader.TryRead(answer, out header) && header.QuestionCount == 0)
        {
            return WriteBare(header.Flags, query, udpSize, room);
        }

        answer.CopyTo(room);
        BinaryPrimitives.WriteUInt16BigEndian(room, query.Header.Id);
        return answer.Length;
    }

    /// <summary>Writes an answer of which only the header and the question are left, and OPT when the client sent one.</summary>
    /// <param name="flags">The whole answer's.</param>
    /// <param name="query">The client's query.</param>
    /// <param name="udpSize">What our OPT says that we take.</param>
    /// <param name="room">Where to, at least 512 bytes.</param>
    /// <returns>The size in bytes.</returns>
    public static int WriteCut(DnsFlags flags, in DnsQuery query, int udpSize, Span<byte> room) =>
        WriteBare(flags | DnsFlags.Truncated, query, udpSize, room);

    private static int WriteBare(DnsFlags flags, in DnsQuery query, int udpSize, Span<byte> room)
    {
        var writer = new DnsMessageWriter(room);
        writer.TryAddQuestion(query.Question);
        if (query.Edns is { } asked)
        {
            writer.TryAddEdns(new Edns((ushort)udpSize, DnssecOk: asked.DnssecOk));
        }

        return writer.Finish(query.Header.Id, flags);
    }
}
