using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Decides whether a message is the response to a query, or may be forged (RFC 5452 9.1), and what kind of response it
/// is.</summary>
internal static class ResponseMatcher
{
    /// <summary>Whether a message is a response to a query. The caller compares the ids.</summary>
    /// <param name="query">A whole query.</param>
    /// <param name="questionEnd">The offset at which the query's question ends.</param>
    /// <param name="response">The message received.</param>
    /// <remarks>A server that cannot parse the question may answer with an error and no question (RFC 1035 4.1.1): that is a response too,
    /// of the kind after which the next server is asked.</remarks>
    public static bool Matches(ReadOnlySpan<byte> query, int questionEnd, ReadOnlySpan<byte> response)
    {
        if (!DnsHeader.TryRead(query, out DnsHeader asked) || !DnsHeader.TryRead(response, out DnsHeader header)
            || !header.IsResponse || header.Opcode != asked.Opcode)
        {
            return false;
        }

        return header.QuestionCount == 0
            ? header.ResponseCode != DnsResponseCode.NoError
            : header.QuestionCount == 1 && QuestionSection.AreSame(query, questionEnd, response);
    }

    /// <summary>Whether a response says that its server cannot help, so that another one may.</summary>
    public static bool IsFailure(ReadOnlySpan<byte> response) => DnsHeader.TryRead(response, out DnsHeader header)
        && (header.QuestionCount == 0 || header.ResponseCode is DnsResponseCode.ServerFailure or DnsResponseCode.Refused);

    /// <summary>Whether a response was truncated (TC).</summary>
    public static bool IsTruncated(ReadOnlySpan<byte> response) => DnsHeader.TryRead(response, out DnsHeader header) && header.IsTruncated;
}
