using System.Buffers.Binary;

namespace Net.Dns.Wire;

/// <summary>The question section of a message that has one question, as bytes: its name comes first in the message and so is never compressed.</summary>
internal static class QuestionSection
{
    private const int FixedSize = 4;

    /// <summary>Where it ends.</summary>
    internal static int End(in DnsQuery query) => DnsHeader.Size + query.Question.Name.Wire.Length + FixedSize;

    /// <summary>Where it ends.</summary>
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

    /// <summary>Writes it behind the header, in the case in which it was asked.</summary>
    internal static void Write(in DnsQuestion question, Span<byte> message)
    {
        ReadOnlySpan<byte> name = question.Name.Wire;
        name.CopyTo(message[DnsHeader.Size..]);
        Span<byte> rest = message[(DnsHeader.Size + name.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)question.Class);
    }

    /// <summary>Whether two messages ask the same, ASCII case of the name aside (RFC 4343).</summary>
    /// <param name="query">A whole query.</param>
    /// <param name="end">Where its question ends.</param>
    /// <param name="other">Any message.</param>
    internal static bool AreSame(ReadOnlySpan<byte> query, int end, ReadOnlySpan<byte> other)
    {
        if (other.Length < end)
        {
            return false;
        }

        // A length byte is at most 63 and so never looks like a letter: names can be folded without looking at labels.
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
