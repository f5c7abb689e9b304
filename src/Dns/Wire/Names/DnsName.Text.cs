using System.Globalization;
using System.Text;

namespace Net.Dns.Wire;

/// <content>The presentation form: labels with dots between them (RFC 1035 5.1, RFC 4343 2.1).</content>
public readonly partial struct DnsName
{
    /// <summary>Parses a name in presentation form: "web.example.org", with or without a trailing dot; "." is the root.</summary>
    /// <param name="text">ASCII characters; <c>\.</c> and <c>\\</c> stand for these characters, <c>\DDD</c> for a byte in decimal.</param>
    /// <exception cref="DnsFormatException">An empty label, a label over 63 bytes, a name over 255, a character that is not ASCII, or a
    /// broken escape.</exception>
    public static DnsName Parse(string text) => TryParse(text, out DnsName name)
        ? name
        : throw new DnsFormatException(
            DnsFormatError.Malformed,
            $"\"{text}\" is not a domain name: it needs labels of 1 to {MaxLabelLength} ASCII characters, {MaxLength} bytes in all.");

    /// <summary>Parses a name as <see cref="Parse"/> does, and returns false where that throws.</summary>
    /// <param name="text">The name; null and "" are not names.</param>
    /// <param name="name">The name, or the root when the result is false.</param>
    public static bool TryParse(string? text, out DnsName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text == ".")
        {
            return true;
        }

        Span<byte> wire = stackalloc byte[MaxLength];
        int labelStart = 0;
        int at = 1;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '.')
            {
                if (!EndLabel(wire, ref labelStart, ref at))
                {
                    return false;
                }

                i++;
                continue;
            }

            // The last byte is reserved for the root's label.
            if (!TryReadByte(text, ref i, out byte value) || at >= MaxLength - 1)
            {
                return false;
            }

            wire[at++] = value;
        }

        // Without a trailing dot the last label is still open.
        if (at > labelStart + 1 && !EndLabel(wire, ref labelStart, ref at))
        {
            return false;
        }

        wire[labelStart] = 0;
        name = new DnsName(wire[..(labelStart + 1)].ToArray());
        return true;
    }

    /// <summary>The presentation form without a trailing dot, "." for the root. <see cref="Parse"/> gives the same bytes again.</summary>
    public override string ToString()
    {
        if (IsRoot)
        {
            return ".";
        }

        ReadOnlySpan<byte> bytes = Wire;
        var text = new StringBuilder(bytes.Length);
        for (int at = 0; bytes[at] != 0; at += bytes[at] + 1)
        {
            if (at != 0)
            {
                text.Append('.');
            }

            foreach (byte value in bytes.Slice(at + 1, bytes[at]))
            {
                AppendByte(text, value);
            }
        }

        return text.ToString();
    }

    private static void AppendByte(StringBuilder text, byte value)
    {
        if (value is (byte)'.' or (byte)'\\')
        {
            text.Append('\\').Append((char)value);
        }
        else if (value is > 0x20 and < 0x7f)
        {
            text.Append((char)value);
        }
        else
        {
            text.Append('\\').Append(value.ToString("D3", CultureInfo.InvariantCulture));
        }
    }

    private static bool EndLabel(Span<byte> wire, ref int labelStart, ref int at)
    {
        int length = at - labelStart - 1;
        if (length is 0 or > MaxLabelLength)
        {
            return false;
        }

        wire[labelStart] = (byte)length;
        labelStart = at++;
        return true;
    }

    private static bool TryReadByte(string text, ref int i, out byte value)
    {
        char first = text[i++];
        value = (byte)first;
        if (first != '\\')
        {
            return first < 0x80;
        }

        if (i >= text.Length || text[i] >= 0x80)
        {
            return false;
        }

        if (!char.IsAsciiDigit(text[i]))
        {
            value = (byte)text[i++];
            return true;
        }

        if (i + 3 > text.Length
            || !byte.TryParse(text.AsSpan(i, 3), NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        i += 3;
        return true;
    }
}
