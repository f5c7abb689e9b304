using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>How long an answer may be kept.</summary>
/// <remarks>Source: RFC 2181 8 and 5.2, RFC 2308 2, 5 and 7. What breaks the format, is cut or says anything but NOERROR and NXDOMAIN is not kept.</remarks>
/// <param name="Seconds">How long; 0: not at all.</param>
/// <param name="Length">The size of the answer without its OPT record, which is between the servers of one hop (RFC 6891 6.2.1), in bytes.</param>
/// <param name="IsNegative">Whether it says that there is no such name, or no such record.</param>
/// <param name="HoldsForAllTypes">Whether it says that there is no such name whatever the type (RFC 2308 5).</param>
internal readonly record struct AnswerLifetime(uint Seconds, int Length, bool IsNegative, bool HoldsForAllTypes)
{
    /// <summary>The most for a record, in seconds: a day.</summary>
    internal const uint Most = 24 * 60 * 60;

    /// <summary>The most for the word that something is not there, in seconds: three hours (RFC 2308 5).</summary>
    internal const uint MostNegative = 3 * 60 * 60;

    private const int SmallestStartOfAuthority = 22; // two roots and five numbers
    private const uint TopBit = 0x8000_0000;
    private const uint ExtendedCodeBits = 0xff00_0000;

    /// <summary>Decides.</summary>
    /// <param name="answer">A message that answers the query, with its question.</param>
    /// <param name="query">The query.</param>
    internal static AnswerLifetime Of(ReadOnlySpan<byte> answer, in DnsQuery query)
    {
        if (!DnsHeader.TryRead(answer, out DnsHeader header) || header.IsTruncated || header.QuestionCount != 1
            || header.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
        {
            return default;
        }

        DnsRecordType asked = query.Question.Type;
        uint lifetime = Most;
        uint? negative = null;
        bool hasAsked = false;
        int length = answer.Length;
        var walk = new RecordWalk(answer, QuestionSection.End(query));
        while (walk.TryNext())
        {
            if (length != answer.Length)
            {
                return default; // OPT is not the last: without it, names behind it would lead to the wrong place
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
            if (walk.Section == DnsSection.Authority && walk.Type == DnsRecordType.StartOfAuthority && walk.DataLength >= SmallestStartOfAuthority)
            {
                uint minimum = BinaryPrimitives.ReadUInt32BigEndian(answer[(walk.Data + walk.DataLength - sizeof(uint))..]);
                negative = Math.Min(Math.Min(Effective(walk.Ttl), Effective(minimum)), MostNegative);
            }
        }

        bool isNameError = header.ResponseCode == DnsResponseCode.NameError;
        if (!walk.IsWhole || length > MostLength(answer))
        {
            return default;
        }

        return hasAsked && !isNameError
            ? new AnswerLifetime(lifetime, length, false, false)
            : new AnswerLifetime(Math.Min(lifetime, negative ?? 0), length, true, isNameError && header.AnswerCount == 0);
    }

    /// <summary>A TTL with the top bit set is none (RFC 2181 8).</summary>
    private static uint Effective(uint ttl) => (ttl & TopBit) != 0 ? 0 : ttl;

    // Room for our own OPT stays.
    private static int MostLength(ReadOnlySpan<byte> answer) => Math.Min(answer.Length, ushort.MaxValue - Edns.MinimumSize);
}
