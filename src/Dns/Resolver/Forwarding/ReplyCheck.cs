using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Tells the answer to a question from what somebody else would like to be taken for it (RFC 5452 9.1).</summary>
internal static class ReplyCheck
{
    /// <summary>Whether a message answers a query; ids are the caller's to compare.</summary>
    /// <param name="query">A whole query.</param>
    /// <param name="endOfQuestion">Where its question ends.</param>
    /// <param name="reply">What came.</param>
    /// <remarks>A server that cannot read the question may answer with an error and none (RFC 1035 4.1.1): that is an answer too, of the
    /// kind after which the next server is asked.</remarks>
    public static bool IsAnswer(ReadOnlySpan<byte> query, int endOfQuestion, ReadOnlySpan<byte> reply)
    {
        if (!DnsHeader.TryRead(query, out DnsHeader asked) || !DnsHeader.TryRead(reply, out DnsHeader header)
            || !header.IsResponse || header.Opcode != asked.Opcode)
        {
            return false;
        }

        return header.QuestionCount == 0
            ? header.ResponseCode != DnsResponseCode.NoError
            : header.QuestionCount == 1 && QuestionSection.AreSame(query, endOfQuestion, reply);
    }

    /// <summary>Whether an answer says that its server cannot help, so that another may.</summary>
    public static bool IsFailure(ReadOnlySpan<byte> reply) => DnsHeader.TryRead(reply, out DnsHeader header)
        && (header.QuestionCount == 0 || header.ResponseCode is DnsResponseCode.ServerFailure or DnsResponseCode.Refused);

    /// <summary>Whether an answer was cut to fit.</summary>
    public static bool IsCut(ReadOnlySpan<byte> reply) => DnsHeader.TryRead(reply, out DnsHeader header) && header.IsTruncated;
}
