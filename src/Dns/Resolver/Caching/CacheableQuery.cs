using System.Buffers.Binary;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>Decides which queries have answers that may be given to other clients too.</summary>
internal static class CacheableQuery
{
    private const int OptionHeaderSize = 4;
    private const int Cookie = 10;

    // A client cookie alone asks for a server cookie; a client that has a server cookie accepts no answer without it (RFC 7873 5.3).
    private const int ClientCookieSize = 8;

    private const int Padding = 12; // without a meaning (RFC 7830)

    /// <summary>Whether answers to a query are cacheable: it is a plain question, without EDNS options that the answer may depend on (a
    /// client's subnet, RFC 7871) and without a signature (RFC 8945).</summary>
    internal static bool Is(in DnsQuery query)
    {
        DnsHeader header = query.Header;
        return header.AnswerCount == 0
            && header.AuthorityCount == 0
            && header.AdditionalCount == (query.Edns is null ? 0 : 1)
            && query.Question.Type != CacheKey.AllTypes
            && (query.Edns is not { } edns || HasOnlyHarmlessOptions(edns.Options.Span));
    }

    private static bool HasOnlyHarmlessOptions(ReadOnlySpan<byte> options)
    {
        while (options.Length >= OptionHeaderSize)
        {
            int code = BinaryPrimitives.ReadUInt16BigEndian(options);
            int size = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            int end = OptionHeaderSize + size;
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
