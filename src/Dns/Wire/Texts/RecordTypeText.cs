using System.Collections.Frozen;
using System.Globalization;

namespace Net.Dns.Wire;

/// <summary>The mnemonics of record types, such as AAAA. Source: the IANA registry "Resource Record (RR) TYPEs".</summary>
public static class RecordTypeText
{
    private const string UnknownPrefix = "TYPE";

    private static readonly FrozenDictionary<string, ushort> Types = new (string Name, ushort Type)[]
    {
        ("A", 1), ("NS", 2), ("MD", 3), ("MF", 4), ("CNAME", 5), ("SOA", 6), ("MB", 7), ("MG", 8), ("MR", 9), ("PTR", 12), ("HINFO", 13),
        ("MINFO", 14), ("MX", 15), ("TXT", 16), ("RP", 17), ("AFSDB", 18), ("RT", 21), ("PX", 26), ("AAAA", 28), ("LOC", 29), ("SRV", 33),
        ("NAPTR", 35), ("CERT", 37), ("DNAME", 39), ("OPT", 41), ("DS", 43), ("SSHFP", 44), ("RRSIG", 46), ("NSEC", 47), ("DNSKEY", 48),
        ("NSEC3", 50), ("NSEC3PARAM", 51), ("TLSA", 52), ("SMIMEA", 53), ("CDS", 59), ("CDNSKEY", 60), ("OPENPGPKEY", 61), ("SVCB", 64),
        ("HTTPS", 65), ("SPF", 99), ("IXFR", 251), ("AXFR", 252), ("ANY", 255), ("URI", 256), ("CAA", 257),
    }.ToFrozenDictionary(static t => t.Name, static t => t.Type, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<ushort, string> Names = Types.ToFrozenDictionary(static t => t.Value, static t => t.Key);

    /// <summary>Parses a type: a mnemonic in any case, or <c>TYPE65</c> (RFC 3597 5).</summary>
    /// <returns>False when the text is neither.</returns>
    public static bool TryParse(string text, out DnsRecordType type)
    {
        bool isKnown = Types.TryGetValue(text, out ushort value)
            || (text.StartsWith(UnknownPrefix, StringComparison.OrdinalIgnoreCase)
                && ushort.TryParse(text.AsSpan(UnknownPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value));
        type = (DnsRecordType)value;
        return isKnown;
    }

    /// <summary>The mnemonic of a type; <c>TYPE65280</c> for a type without one (RFC 3597 5).</summary>
    public static string Of(DnsRecordType type) =>
        Names.TryGetValue((ushort)type, out string? name) ? name : UnknownPrefix + ((ushort)type).ToString(CultureInfo.InvariantCulture);
}
