using System.Net;

namespace Net.Dns.Wire;

/// <summary>Parses the RDATA of a record into one of the kinds of <see cref="DnsRecordData"/>.</summary>
internal static class RdataDecoder
{
    /// <summary>Parses the RDATA of one record.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="frame">The record; its RDATA lies inside <paramref name="message"/>.</param>
    /// <param name="data">The RDATA, a view of <paramref name="message"/> where it holds no name.</param>
    internal static DnsFormatError Read(ReadOnlyMemory<byte> message, in RecordFrame frame, out DnsRecordData data)
    {
        ReadOnlyMemory<byte> bytes = message.Slice(frame.DataOffset, frame.DataLength);
        data = new RawData(bytes);
        if (frame is { Class: DnsRecordClass.Internet, Type: DnsRecordType.A or DnsRecordType.Aaaa })
        {
            if (bytes.Length != (frame.Type == DnsRecordType.A ? 4 : 16))
            {
                return DnsFormatError.Malformed;
            }

            data = new AddressData(new IPAddress(bytes.Span));
            return DnsFormatError.None;
        }

        var layout = RdataLayout.Of(frame.Type);
        return layout.Names == 0 ? DnsFormatError.None : ReadNames(message, frame, layout, ref data);
    }

    private static DnsFormatError ReadNames(ReadOnlyMemory<byte> message, in RecordFrame frame, RdataLayout layout, ref DnsRecordData data)
    {
        int end = frame.DataOffset + frame.DataLength;
        int at = frame.DataOffset + layout.Before;
        Span<byte> expanded = stackalloc byte[layout.Before + (layout.Names * DnsName.MaxLength) + layout.After];
        if (at > end)
        {
            return DnsFormatError.Malformed;
        }

        message.Span.Slice(frame.DataOffset, layout.Before).CopyTo(expanded);
        int length = layout.Before;
        DnsName name = default;
        for (int i = 0; i < layout.Names; i++)
        {
            if (NameDecoder.Read(message, at, end, out name, out at) != DnsFormatError.None)
            {
                // The RDATA is complete, so a name that runs over its end is malformed, not truncated.
                return DnsFormatError.Malformed;
            }

            name.Wire.CopyTo(expanded[length..]);
            length += name.Wire.Length;
        }

        if (end - at != layout.After)
        {
            return DnsFormatError.Malformed;
        }

        message.Span[at..end].CopyTo(expanded[length..]);
        length += layout.After;
        data = frame.Type is DnsRecordType.Pointer or DnsRecordType.CanonicalName or DnsRecordType.NameServer
            ? new NameData(name)
            : new RawData(expanded[..length].ToArray());
        return DnsFormatError.None;
    }
}
