namespace Net.Dns.Wire;

/// <summary>Decodes names of a message, compressed or not (RFC 1035 4.1.4).</summary>
internal static class NameDecoder
{
    private const int LabelTypeMask = 0xc0;
    private const int PointerType = 0xc0;

    /// <summary>The most pointers that are followed. A name has at most 127 labels, so a longer chain contains pointers that lead to
    /// nothing but pointers; messages full of these would be slow to read.</summary>
    private const int MaxPointers = 127;

    /// <summary>Decodes the name at <paramref name="offset"/>.</summary>
    /// <param name="message">The whole message: pointers count from its start.</param>
    /// <param name="offset">The offset of the name.</param>
    /// <param name="end">The offset at which the name has to end: the end of the message, or of the RDATA that contains the name.</param>
    /// <param name="name">A view of <paramref name="message"/> when the name is not compressed, else a copy.</param>
    /// <param name="next">The offset behind the name, or behind its first pointer.</param>
    /// <returns><see cref="DnsFormatError.None"/>, or why there is no name.</returns>
    /// <remarks>A pointer must lead to before the labels that it ends, so there can be no loop, and to behind the header, which contains no
    /// name. The labels that a pointer leads to must end before the labels that contain the pointer: running into these is malformed, not
    /// truncated.</remarks>
    internal static DnsFormatError Read(ReadOnlyMemory<byte> message, int offset, int end, out DnsName name, out int next)
    {
        name = default;
        next = offset;
        ReadOnlySpan<byte> bytes = message.Span;
        int at = offset;
        int runStart = offset;
        int runEnd = end;
        int total = 0;
        int pointers = 0;
        bool compressed = false;
        Span<byte> expanded = stackalloc byte[DnsName.MaxLength];

        while (true)
        {
            if (at >= runEnd)
            {
                return compressed ? DnsFormatError.Malformed : DnsFormatError.Truncated;
            }

            int length = bytes[at];
            switch (length & LabelTypeMask)
            {
                case 0 when length == 0:
                    expanded[total++] = 0;
                    next = compressed ? next : at + 1;
                    name = compressed ? new DnsName(expanded[..total].ToArray()) : new DnsName(message[offset..next]);
                    return DnsFormatError.None;

                case 0:
                    // One byte is left for the root's label.
                    if (total + length + 1 > DnsName.MaxLength - 1)
                    {
                        return DnsFormatError.Malformed;
                    }

                    if (at + 1 + length > runEnd)
                    {
                        return compressed ? DnsFormatError.Malformed : DnsFormatError.Truncated;
                    }

                    bytes.Slice(at, length + 1).CopyTo(expanded[total..]);
                    total += length + 1;
                    at += length + 1;
                    break;

                case PointerType:
                    if (at + 1 >= runEnd)
                    {
                        return compressed ? DnsFormatError.Malformed : DnsFormatError.Truncated;
                    }

                    int target = ((length & ~LabelTypeMask) << 8) | bytes[at + 1];
                    if (target >= runStart || target < DnsHeader.Size || ++pointers > MaxPointers)
                    {
                        return DnsFormatError.Malformed;
                    }

                    next = compressed ? next : at + 2;
                    compressed = true;
                    runEnd = runStart;
                    runStart = target;
                    at = target;
                    break;

                default:
                    // Label type 01 is deprecated (RFC 6891 5), type 10 was never assigned.
                    return DnsFormatError.Malformed;
            }
        }
    }

    /// <summary>Skips the name at <paramref name="offset"/> without following a pointer. Allocates nothing.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="offset">The offset of the name.</param>
    /// <param name="next">The offset behind the name.</param>
    /// <returns><see cref="DnsFormatError.None"/>, or why there is no name.</returns>
    internal static DnsFormatError Skip(ReadOnlySpan<byte> message, int offset, out int next)
    {
        next = offset;
        int at = offset;
        while (at < message.Length)
        {
            int length = message[at];
            switch (length & LabelTypeMask)
            {
                case 0 when length == 0:
                    next = at + 1;
                    return DnsFormatError.None;

                case 0:
                    at += length + 1;
                    if (at - offset > DnsName.MaxLength - 1)
                    {
                        return DnsFormatError.Malformed;
                    }

                    break;

                case PointerType:
                    if (at + 1 >= message.Length)
                    {
                        return DnsFormatError.Truncated;
                    }

                    int target = ((length & ~LabelTypeMask) << 8) | message[at + 1];
                    next = at + 2;
                    return target >= offset || target < DnsHeader.Size ? DnsFormatError.Malformed : DnsFormatError.None;

                default:
                    return DnsFormatError.Malformed;
            }
        }

        return DnsFormatError.Truncated;
    }
}
