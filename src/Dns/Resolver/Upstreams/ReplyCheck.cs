using Net.Dns.Wire;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Tells the answer to a question from what somebody else would like to be taken for it (RFC 5452 9.1).</summary>
internal static class ReplyCheck
{
    /// <summary>Whether a message answers a query. Both the bytes as sent and as received, id and all.</summary>
    /// <remarks>A server that cannot read the question may answer with an error and none (RFC 1035 4.1.1): that is an answer too, of the
    /// kind that makes the forwarder try the next server.</remarks>
    internal static bool IsAnswer(ReadOnlyMemory<byte> query, ReadOnlyMemory<byte> reply)
    {
        if (!DnsHeader.TryRead(query.Span, out DnsHeader asked) || !DnsHeader.TryRead(reply.Span, out DnsHeader header)
            || !header.IsResponse || header.Id != asked.Id || header.Opcode != asked.Opcode)
        {
            return false;
        }

        if (header.QuestionCount == 0)
        {
            return header.ResponseCode != DnsResponseCode.NoError;
        }

        var sent = new DnsReader(query);
        var received = new DnsReader(reply);
        return header.QuestionCount == 1
            && sent.TryReadQuestion(out DnsQuestion question)
            && received.TryReadQuestion(out DnsQuestion echoed)
            && question == echoed;
    }

    /// <summary>Whether an answer says that its server cannot help, so that another may.</summary>
    internal static bool IsFailure(ReadOnlySpan<byte> reply) => DnsHeader.TryRead(reply, out DnsHeader header)
        && (header.QuestionCount == 0 || header.ResponseCode is DnsResponseCode.ServerFailure or DnsResponseCode.Refused);
}
