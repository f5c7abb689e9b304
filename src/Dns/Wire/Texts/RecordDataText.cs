using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Net.Dns.Wire;

/// <summary>The presentation form of RDATA (RFC 1035 5.1); <c>\# LENGTH HEX</c> for types that are not parsed (RFC 3597 5).</summary>
/// <remarks>The bytes are untrusted and may contain control sequences of terminals: bytes that are not printable ASCII are written as
/// <c>\DDD</c>. Names have no trailing dot.</remarks>
public static class RecordDataText
{
    /// <summary>The text of a record's RDATA, on one line.</summary>
    public static string Of(DnsRecord record) => record.Data switch
    {
        AddressData address => address.Address.ToString(),
        NameData name => name.Name.ToString(),
        RawData raw when record.Type == DnsRecordType.Text => Strings(raw.Bytes.Span) ?? Unknown(raw.Bytes.Span),
        RawData raw when RdataLayout.Of(record.Type) is { Names: > 0 } layout => Fields(raw.Bytes, layout) ?? Unknown(raw.Bytes.Span),
        RawData raw => Unknown(raw.Bytes.Span),
        _ => "",
    };

    /// <summary>Writes 16-bit numbers, names and 32-bit numbers, in this order: every type with names has this layout (MX, SRV, SOA and
    /// others).</summary>
    private static string? Fields(ReadOnlyMemory<byte> bytes, RdataLayout layout)
    {
        var fields = new List<string>();
        int at = 0;
        for (; at < layout.Before; at += sizeof(ushort))
        {
            fields.Add(BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]).ToString(CultureInfo.InvariantCulture));
        }

        for (int i = 0; i < layout.Names; i++)
        {
            if (NameDecoder.Read(bytes, at, bytes.Length, out DnsName name, out at) != DnsFormatError.None)
            {
                return null;
            }

            fields.Add(name.ToString());
        }

        for (; at < bytes.Length; at += sizeof(uint))
        {
            fields.Add(BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]).ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(' ', fields);
    }

    private static string? Strings(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            int length = bytes[0];
            if (length >= bytes.Length)
            {
                return null;
            }

            text.Append(text.Length == 0 ? "\"" : " \"");
            foreach (byte value in bytes.Slice(1, length))
            {
                AppendByte(text, value);
            }

            text.Append('"');
            bytes = bytes[(length + 1)..];
        }

        return text.ToString();
    }

    private static void AppendByte(StringBuilder text, byte value)
    {
        if (value is (byte)'"' or (byte)'\\')
        {
            text.Append('\\').Append((char)value);
        }
        else if (value is >= 0x20 and < 0x7f)
        {
            text.Append((char)value);
        }
        else
        {
            text.Append('\\').Append(value.ToString("D3", CultureInfo.InvariantCulture));
        }
    }

    private static string Unknown(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? @"\# 0" : string.Create(CultureInfo.InvariantCulture, $@"\# {bytes.Length} {Convert.ToHexStringLower(bytes)}");
}
