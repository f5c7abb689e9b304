using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>The key of a cached answer: what two queries must have in common to get the same answer.</summary>
/// <remarks>AD in a query asks whether the answer is authentic (RFC 6840 5.7), so it has an influence on the answer, as have CD, RD and
/// DO.</remarks>
/// <param name="Group">The upstream servers.</param>
/// <param name="Name">The name; ASCII case is ignored.</param>
/// <param name="Type">The type; <see cref="AllTypes"/> for an NXDOMAIN.</param>
/// <param name="Class">The class.</param>
/// <param name="Flags">RD, AD and CD of the query.</param>
/// <param name="DnssecOk">DO of the query.</param>
internal readonly record struct CacheKey(
    UpstreamGroup Group, DnsName Name, DnsRecordType Type, DnsRecordClass Class, DnsFlags Flags, bool DnssecOk)
{
    /// <summary>Stands for every type. Type 0 is reserved (RFC 6895 3.1), so no query for it has an answer.</summary>
    internal const DnsRecordType AllTypes = 0;

    private const DnsFlags Significant = DnsFlags.RecursionDesired | DnsFlags.AuthenticData | DnsFlags.CheckingDisabled;

    /// <summary>The key of a query. Its name is a view of the query's memory; <see cref="ToOwned"/> makes one that may be stored.</summary>
    internal static CacheKey Of(UpstreamGroup group, in DnsQuery query) => new(
        group,
        query.Question.Name,
        query.Question.Type,
        query.Question.Class,
        query.Header.Flags & Significant,
        query.Edns is { DnssecOk: true });

    /// <summary>A copy whose name is not a view of a message.</summary>
    internal CacheKey ToOwned() => this with { Name = Name.ToOwned() };
}
