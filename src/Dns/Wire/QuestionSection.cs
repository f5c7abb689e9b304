using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>The question section of a message with one question, as bytes. Its name is the first in the message and so is never
/// compressed.</summary>
internal static class QuestionSection
{
    private const int FixedSize = 4;

    /// <summary>The offset at which the question section of a parsed query ends.</summary>
    internal static int End(in DnsQuery query) => DnsHeader.Size + query.Question.Name.Wire.Length + FixedSize;

    /// <summary>The offset at which the question section ends.</summary>
    /// <param name="query">A whole query.</param>
    internal static int End(ReadOnlySpan<byte> query)
    {
        int at = DnsHeader.Size;
        while (query[at] != 0)
        {
            at += query[at] + 1;
        }

        return at + 1 + FixedSize;
    }

    /// <summary>Writes a question behind the header, with the ASCII case of its name unchanged.</summary>
    internal static void Write(in DnsQuestion question, Span<byte> message)
    {
        ReadOnlySpan<byte> name = question.Name.Wire;
        name.CopyTo(message[DnsHeader.Size..]);
        Span<byte> rest = message[(DnsHeader.Size + name.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)question.Class);
    }

    /// <summary>Whether two messages have the same question; the ASCII case of the name is ignored (RFC 4343).</summary>
    /// <param name="query">A whole query.</param>
    /// <param name="end">The offset at which its question ends.</param>
    /// <param name="other">Any message.</param>
    internal static bool AreSame(ReadOnlySpan<byte> query, int end, ReadOnlySpan<byte> other)
    {
        if (other.Length < end)
        {
            return false;
        }

        // A length byte is at most 63 and so never looks like a letter: bytes of a name can be folded to lower case without parsing its
        // labels.
        int endOfName = end - FixedSize;
        for (int i = DnsHeader.Size; i < end; i++)
        {
            if (query[i] != other[i] && (i >= endOfName || DnsName.Fold(query[i]) != DnsName.Fold(other[i])))
            {
                return false;
            }
        }

        return true;
    }
}
