namespace Net.Dns.Wire;

/// <summary>Reads a name, compressed or not, out of a message (RFC 1035 4.1.4).</summary>
internal static class NameDecoder
{
    private const int LabelTypeMask = 0xc0;
    private const int PointerType = 0xc0;

    /// <summary>A name has no more than 127 labels, so a pointer beyond these leads to nothing but another one: whole messages of such are slow to read.</summary>
    private const int MostPointers = 127;

    /// <summary>Reads the name at <paramref name="offset"/>.</summary>
    /// <param name="message">The whole message: pointers count from its start.</param>
    /// <param name="offset">Where the name starts.</param>
    /// <param name="end">The first byte that the name may not use where it stands: the message's end, or its RDATA's.</param>
    /// <param name="name">A view of <paramref name="message"/> when the name is not compressed, else a copy.</param>
    /// <param name="next">The first byte after the name where it stands.</param>
    /// <returns><see cref="DnsFormatError.None"/>, or why there is no name.</returns>
    /// <remarks>A pointer must lead to before the start of the run of labels that it ends, so there is no loop to count; and to behind
    /// the header, which holds no name. Labels that a pointer leads to end before the run that pointed: reaching it is no lack of bytes.</remarks>
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
                    // One byte is kept for the end of the name.
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
                    if (target >= runStart || target < DnsHeader.Size || ++pointers > MostPointers)
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
                    // 01 was for experiments that ended (RFC 6891 5), 10 was never given out.
                    return DnsFormatError.Malformed;
            }
        }
    }

    /// <summary>Steps over the name at <paramref name="offset"/>. Makes no garbage and does not follow its pointer: costs no more than its bytes.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="offset">Where the name starts.</param>
    /// <param name="next">The first byte after the name.</param>
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
