namespace Net.Dns.Wire;

/// <summary>A query as a server needs it: its header, its one question and the contents of its OPT record.</summary>
/// <remarks>Parsing allocates nothing, and its cost is bounded by the number of bytes, whatever they are. The name is a view of the
/// message's memory.</remarks>
/// <param name="Header">The header.</param>
/// <param name="Question">The one question.</param>
/// <param name="Edns">The contents of the OPT record; null when there is none.</param>
public readonly record struct DnsQuery(DnsHeader Header, DnsQuestion Question, Edns? Edns)
{
    /// <summary>Parses a whole query and checks its format.</summary>
    /// <param name="message">The whole message, with nothing behind it.</param>
    /// <param name="query">The query when the result is <see cref="DnsFormatError.None"/>.</param>
    /// <returns>The error; there is one also for a question count other than one (RFC 9619), for a second OPT record, for an OPT record
    /// that is not owned by the root or not in the additional section (RFC 6891 6.1.1), and for bytes behind the last record.</returns>
    public static DnsFormatError TryParse(ReadOnlyMemory<byte> message, out DnsQuery query)
    {
        query = default;
        if (!DnsHeader.TryRead(message.Span, out DnsHeader header))
        {
            return DnsFormatError.Truncated;
        }

        if (header.QuestionCount != 1)
        {
            return DnsFormatError.Malformed;
        }

        var reader = new DnsReader(message);
        if (!reader.TryReadQuestion(out DnsQuestion question))
        {
            return reader.Error;
        }

        Edns? edns = null;
        int before = header.AnswerCount + header.AuthorityCount;
        int records = before + header.AdditionalCount;
        for (int i = 0; i < records; i++)
        {
            if (!reader.TryReadFrame(out RecordFrame frame, out bool isRoot))
            {
                return reader.Error;
            }

            if (frame.Type != DnsRecordType.Opt)
            {
                continue;
            }

            if (i < before || edns is not null || !isRoot)
            {
                return DnsFormatError.Malformed;
            }

            edns = Wire.Edns.FromFrame(message, frame);
        }

        if (!reader.IsAtEnd)
        {
            return DnsFormatError.Malformed;
        }

        query = new DnsQuery(header, question, edns);
        return DnsFormatError.None;
    }
}
