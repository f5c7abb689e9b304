using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver;

/// <summary>Queries and answers made for a test.</summary>
internal static class Queries
{
    /// <summary>A query with RD set.</summary>
    internal static byte[] Of(
        string name,
        DnsRecordType type = DnsRecordType.A,
        ushort id = 0x1234,
        Edns? edns = null,
        DnsRecordClass @class = DnsRecordClass.Internet,
        DnsFlags flags = DnsFlags.RecursionDesired)
    {
        byte[] buffer = new byte[512];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(new DnsQuestion(DnsName.Parse(name), type, @class));
        if (edns is { } opt)
        {
            writer.TryAddEdns(opt);
        }

        return buffer.AsSpan(0, writer.Finish(id, flags)).ToArray();
    }

    /// <summary>The answer of an upstream server: the query with QR and RA set, <paramref name="flags"/> added and a TXT record that our
    /// server could not have made.</summary>
    internal static byte[] Answer(byte[] query, DnsFlags flags = DnsFlags.None)
    {
        DnsQuery.TryParse(query, out DnsQuery parsed);
        byte[] buffer = new byte[512];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(parsed.Question);
        writer.TryAddRaw(DnsSection.Answer, parsed.Question.Name, DnsRecordType.Text, DnsRecordClass.Internet, 777, "\u0005hello"u8);
        int length = writer.Finish(
            parsed.Header.Id, DnsFlags.Response | DnsFlags.RecursionAvailable | DnsFlags.AuthenticData | parsed.Header.Flags | flags);
        return buffer.AsSpan(0, length).ToArray();
    }

    /// <summary>A copy with another id.</summary>
    internal static byte[] WithId(byte[] message, ushort id) => [(byte)(id >> 8), (byte)id, .. message.AsSpan(2)];
}
