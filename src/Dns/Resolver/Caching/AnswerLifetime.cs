using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>How long an answer may be cached.</summary>
/// <remarks>Source: RFC 2181 8 and 5.2, RFC 2308 2, 5 and 7. An answer that is malformed, truncated, or neither NOERROR nor NXDOMAIN is not
/// cached.</remarks>
/// <param name="Seconds">The time in seconds; 0 when it must not be cached.</param>
/// <param name="Length">The size of the answer without its OPT record, which is hop-by-hop (RFC 6891 6.2.1), in bytes.</param>
/// <param name="IsNegative">Whether it is negative: no such name (NXDOMAIN), or no record of the type (NODATA).</param>
/// <param name="HoldsForAllTypes">Whether it is an NXDOMAIN that holds for every type (RFC 2308 5).</param>
internal readonly record struct AnswerLifetime(uint Seconds, int Length, bool IsNegative, bool HoldsForAllTypes)
{
    /// <summary>The longest time for records, in seconds: a day.</summary>
    internal const uint MaxTtl = 24 * 60 * 60;

    /// <summary>The longest time for a negative answer, in seconds: three hours (RFC 2308 5).</summary>
    internal const uint MaxNegativeTtl = 3 * 60 * 60;

    private const int MinStartOfAuthorityLength = 22; // two root names and five numbers
    private const uint TopBit = 0x8000_0000;
    private const uint ExtendedCodeBits = 0xff00_0000;

    /// <summary>The lifetime of an answer.</summary>
    /// <param name="answer">A response to the query that contains the question.</param>
    /// <param name="query">The query.</param>
    internal static AnswerLifetime Of(ReadOnlySpan<byte> answer, in DnsQuery query)
    {
        if (!DnsHeader.TryRead(answer, out DnsHeader header) || header.IsTruncated || header.QuestionCount != 1
            || header.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
        {
            return default;
        }

        DnsRecordType asked = query.Question.Type;
        uint lifetime = MaxTtl;
        uint? negative = null;
        bool hasAsked = false;
        int length = answer.Length;
        var walk = new RecordWalk(answer, QuestionSection.End(query));
        while (walk.TryNext())
        {
            if (length != answer.Length)
            {
                return default; // OPT is not the last record: without it, compression pointers of names behind it would be wrong
            }

            if (walk.Type == DnsRecordType.Opt)
            {
                if (walk.Section != DnsSection.Additional || (walk.Ttl & ExtendedCodeBits) != 0)
                {
                    return default;
                }

                length = walk.Start;
                continue;
            }

            lifetime = Math.Min(lifetime, Effective(walk.Ttl));
            hasAsked |= walk.Section == DnsSection.Answer && (walk.Type == asked || asked == DnsRecordType.Any);
            if (walk.Section == DnsSection.Authority && walk.Type == DnsRecordType.StartOfAuthority
                && walk.DataLength >= MinStartOfAuthorityLength)
            {
                uint minimum = BinaryPrimitives.ReadUInt32BigEndian(answer[(walk.Data + walk.DataLength - sizeof(uint))..]);
                negative = Math.Min(Math.Min(Effective(walk.Ttl), Effective(minimum)), MaxNegativeTtl);
            }
        }

        bool isNameError = header.ResponseCode == DnsResponseCode.NameError;
        if (!walk.IsWhole || length > MaxLength(answer))
        {
            return default;
        }

        return hasAsked && !isNameError
            ? new AnswerLifetime(lifetime, length, false, false)
            : new AnswerLifetime(Math.Min(lifetime, negative ?? 0), length, true, isNameError && header.AnswerCount == 0);
    }

    /// <summary>A TTL with the top bit set counts as 0 (RFC 2181 8).</summary>
    private static uint Effective(uint ttl) => (ttl & TopBit) != 0 ? 0 : ttl;

    // Leaves room for our own OPT record.
    private static int MaxLength(ReadOnlySpan<byte> answer) => Math.Min(answer.Length, ushort.MaxValue - Edns.MinimumSize);
}
