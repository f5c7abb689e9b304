namespace Net.Dns.Wire;

/// <summary>A whole message with all of its records.</summary>
/// <remarks>It allocates, so it is for tests and tools; the server reads queries with <see cref="DnsQuery"/>. Names and RDATA are views of
/// the memory that was read.</remarks>
/// <param name="Header">The header; its counts are those of the lists below.</param>
/// <param name="Questions">The question section.</param>
/// <param name="Answers">The answer section.</param>
/// <param name="Authorities">The authority section.</param>
/// <param name="Additional">The additional section, including OPT as a record.</param>
public sealed record DnsMessage(
    DnsHeader Header,
    IReadOnlyList<DnsQuestion> Questions,
    IReadOnlyList<DnsRecord> Answers,
    IReadOnlyList<DnsRecord> Authorities,
    IReadOnlyList<DnsRecord> Additional)
{
    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The whole message, with nothing behind it.</param>
    /// <exception cref="DnsFormatException">The bytes are not a message, for the reason that the exception has.</exception>
    public static DnsMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        DnsFormatError error = TryParse(bytes, out DnsMessage? message);
        return message ?? throw new DnsFormatException(error, $"{bytes.Length} bytes are not a DNS message: {error}.");
    }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The whole message, with nothing behind it.</param>
    /// <param name="message">The message; null when the result is an error.</param>
    public static DnsFormatError TryParse(ReadOnlyMemory<byte> bytes, out DnsMessage? message)
    {
        message = null;
        if (!DnsHeader.TryRead(bytes.Span, out DnsHeader header))
        {
            return DnsFormatError.Truncated;
        }

        var reader = new DnsReader(bytes);
        var questions = new List<DnsQuestion>();
        while (questions.Count < header.QuestionCount)
        {
            if (!reader.TryReadQuestion(out DnsQuestion question))
            {
                return reader.Error;
            }

            questions.Add(question);
        }

        List<DnsRecord> answers = ReadRecords(ref reader, header.AnswerCount);
        List<DnsRecord> authorities = ReadRecords(ref reader, header.AuthorityCount);
        List<DnsRecord> additional = ReadRecords(ref reader, header.AdditionalCount);
        if (reader.Error != DnsFormatError.None)
        {
            return reader.Error;
        }

        if (!reader.IsAtEnd)
        {
            return DnsFormatError.Malformed;
        }

        message = new DnsMessage(header, questions, answers, authorities, additional);
        return DnsFormatError.None;
    }

    /// <summary>Writes the message.</summary>
    /// <param name="destination">Written to. Its length is the limit: TC is set when something does not fit.</param>
    /// <returns>The size in bytes.</returns>
    public int Write(Span<byte> destination)
    {
        var writer = new DnsMessageWriter(destination);
        foreach (DnsQuestion question in Questions)
        {
            writer.TryAddQuestion(question);
        }

        WriteRecords(ref writer, DnsSection.Answer, Answers);
        WriteRecords(ref writer, DnsSection.Authority, Authorities);
        WriteRecords(ref writer, DnsSection.Additional, Additional);
        return writer.Finish(Header.Id, Header.Flags);
    }

    private static List<DnsRecord> ReadRecords(ref DnsReader reader, int count)
    {
        // The count is untrusted: memory is allocated for records that are there, not for those that are announced.
        var records = new List<DnsRecord>();
        while (records.Count < count && reader.TryReadRecord(out DnsRecord? record) && record is not null)
        {
            records.Add(record);
        }

        return records;
    }

    private static void WriteRecords(ref DnsMessageWriter writer, DnsSection section, IReadOnlyList<DnsRecord> records)
    {
        foreach (DnsRecord record in records)
        {
            writer.TryAddRecord(section, record);
        }
    }
}
