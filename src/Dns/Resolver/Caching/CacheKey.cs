using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Caching;

/// <summary>What two questions have in common that may get the same answer.</summary>
/// <remarks>AD in a query asks whether the answer is authentic (RFC 6840 5.7), so it decides what the answer says, as do CD, RD and DO.</remarks>
/// <param name="Group">Whom they were asked.</param>
/// <param name="Name">The name; ASCII case does not matter.</param>
/// <param name="Type">The type; <see cref="AllTypes"/> for a name that does not exist.</param>
/// <param name="Class">The class.</param>
/// <param name="Flags">RD, AD and CD of the query.</param>
/// <param name="DnssecOk">DO of the query.</param>
internal readonly record struct CacheKey(
    UpstreamGroup Group, DnsName Name, DnsRecordType Type, DnsRecordClass Class, DnsFlags Flags, bool DnssecOk)
{
    /// <summary>No type: it is reserved (RFC 6895 3.1), so nobody asks for it and gets an answer.</summary>
    internal const DnsRecordType AllTypes = 0;

    private const DnsFlags Asked = DnsFlags.RecursionDesired | DnsFlags.AuthenticData | DnsFlags.CheckingDisabled;

    /// <summary>The key of a question. Its name is a view of the query's memory; <see cref="ToOwned"/> gives one to keep.</summary>
    internal static CacheKey Of(UpstreamGroup group, in DnsQuery query) => new(
        group, query.Question.Name, query.Question.Type, query.Question.Class, query.Header.Flags & Asked, query.Edns is { DnssecOk: true });

    /// <summary>A copy that does not depend on the memory of a message.</summary>
    internal CacheKey ToOwned() => this with { Name = Name.ToOwned() };
}
