using System.Net;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>Answers of upstream servers that may be kept.</summary>
internal static class Answers
{
    /// <summary>A record.</summary>
    internal static DnsRecord A(string name, uint ttl, string address = "192.0.2.1") => new(
        DnsName.Parse(name), DnsRecordType.A, DnsRecordClass.Internet, ttl, new AddressData(IPAddress.Parse(address)));

    /// <summary>A record of another name's.</summary>
    internal static DnsRecord Alias(string name, uint ttl, string target) => new(
        DnsName.Parse(name), DnsRecordType.CanonicalName, DnsRecordClass.Internet, ttl, new NameData(DnsName.Parse(target)));

    /// <summary>The record that says how long something is not there.</summary>
    internal static DnsRecord StartOfAuthority(uint ttl, uint minimum)
    {
        byte[] data = new byte[22];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(18), minimum);
        return new DnsRecord(DnsName.Parse("org"), DnsRecordType.StartOfAuthority, DnsRecordClass.Internet, ttl, new RawData(data));
    }

    /// <summary>An answer with these records, and with OPT when the query has one.</summary>
    internal static byte[] To(
        byte[] query,
        DnsRecord[]? answers = null,
        DnsRecord[]? authorities = null,
        DnsResponseCode code = DnsResponseCode.NoError,
        DnsFlags flags = DnsFlags.None,
        Edns? edns = null)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] buffer = new byte[ushort.MaxValue];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(parsed.Question);
        foreach (DnsRecord record in answers ?? [])
        {
            writer.TryAddRecord(DnsSection.Answer, record);
        }

        foreach (DnsRecord record in authorities ?? [])
        {
            writer.TryAddRecord(DnsSection.Authority, record);
        }

        if (edns is { } opt)
        {
            writer.TryAddEdns(opt);
        }

        DnsFlags all = DnsFlags.Response | DnsFlags.RecursionAvailable | parsed.Header.Flags | flags | (DnsFlags)code;
        return buffer.AsSpan(0, writer.Finish(parsed.Header.Id, all)).ToArray();
    }

    /// <summary>An answer with one A record of the asked name.</summary>
    internal static byte[] Address(byte[] query, uint ttl = 300, DnsFlags flags = DnsFlags.None)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        return To(query, [A(parsed.Question.Name.ToString(), ttl)], flags: flags);
    }

    /// <summary>An answer of a TXT question that is as long as asked, or a little longer.</summary>
    internal static byte[] Long(byte[] query, int length)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        var record = new DnsRecord(parsed.Question.Name, DnsRecordType.Text, DnsRecordClass.Internet, 300, new RawData(new byte[200]));
        return To(query, [.. Enumerable.Repeat(record, (length / 200) + 1)]);
    }
}
