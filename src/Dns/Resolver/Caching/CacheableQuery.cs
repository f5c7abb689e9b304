using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>Tells which questions have answers that are good for others too.</summary>
internal static class CacheableQuery
{
    private const int OptionHead = 4;
    private const int Cookie = 10;
    private const int ClientCookieSize = 8; // alone it asks for a server's cookie; who has one already takes no answer without (RFC 7873 5.3)
    private const int Padding = 12; // RFC 7830: says nothing

    /// <summary>Whether an answer may be kept and given to others: a plain question, without options that the answer may depend on (a client's
    /// subnet, RFC 7871) and without a signature (RFC 8945).</summary>
    internal static bool Is(in DnsQuery query)
    {
        DnsHeader header = query.Header;
        return header.AnswerCount == 0
            && header.AuthorityCount == 0
            && header.AdditionalCount == (query.Edns is null ? 0 : 1)
            && query.Question.Type != CacheKey.AllTypes
            && (query.Edns is not { } edns || HasOnlyHarmless(edns.Options.Span));
    }

    private static bool HasOnlyHarmless(ReadOnlySpan<byte> options)
    {
        while (options.Length >= OptionHead)
        {
            int code = BinaryPrimitives.ReadUInt16BigEndian(options);
            int size = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            int end = OptionHead + size;
            bool isHarmless = code == Padding || (code == Cookie && size <= ClientCookieSize);
            if (!isHarmless || end > options.Length)
            {
                return false;
            }

            options = options[end..];
        }

        return options.IsEmpty;
    }
}
