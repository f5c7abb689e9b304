using Net.Linux;
using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Extension methods of a NETLINK_NETFILTER connection that list the objects of nf_tables.</summary>
public static class NftRequests
{
    /// <summary>The tables of all families.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftTable> ListTables(this NetlinkConnection connection) =>
        [.. Dump(connection, NftOperation.GetTable, new NetfilterMessage(NetfilterFamily.Unspecified), "list tables")
            .Select(reply => NftTable.Decode(reply.Payload.Span))];

    /// <summary>Whether a table exists and is dormant: switched off as a whole.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static bool IsDormant(this NetlinkConnection connection, NftTable table) =>
        Dump(connection, NftOperation.GetTable, new NetfilterMessage(table.Family), "list tables")
            .Any(reply => NftTable.Decode(reply.Payload.Span) == table && NftTable.DecodeDormant(reply.Payload.Span));

    /// <summary>The names of the chains of a table.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> ListChains(this NetlinkConnection connection, NftTable table) =>
        [.. Dump(connection, NftOperation.GetChain, new NetfilterMessage(table.Family), $"list the chains of table {table}")
            .Select(reply => NftChain.DecodeName(reply.Payload.Span))
            .Where(chain => chain.Table == table)
            .Select(chain => chain.Name)];

    /// <summary>The names of the sets and maps of a table, anonymous ones included.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> ListSets(this NetlinkConnection connection, NftTable table) =>
        [.. Dump(connection, NftOperation.GetSet, new NetfilterMessage(table.Family), $"list the sets of table {table}")
            .Select(reply => NftSet.DecodeName(reply.Payload.Span))
            .Where(set => set.Table == table)
            .Select(set => set.Name)];

    /// <summary>The rules of a table, in order within each chain, without their expressions; empty when the table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftRule> ListRules(this NetlinkConnection connection, NftTable table) =>
        [.. connection.DumpRules(table)
            .Select(reply => NftRule.DecodeHead(reply.Payload.Span))
            .Where(rule => rule.Table == table)];

    /// <summary>The rules of a table with their expressions, in order within each chain; empty when the table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftListedRule> ListWholeRules(this NetlinkConnection connection, NftTable table) =>
        [.. connection.DumpRules(table)
            .Select(reply => NftListedRule.Decode(reply.Payload.Span))
            .Where(rule => rule.Table == table)];

    /// <summary>The elements of a set or map; empty when it does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftElement> ListElements(this NetlinkConnection connection, NftTable table, string set) =>
        [.. DumpElements(connection, table, set).SelectMany(reply => NftElements.Decode(reply.Payload.Span))];

    /// <summary>The elements of a set or map that have a counter, and its values; empty when the set does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftCountedElement> ListCounters(this NetlinkConnection connection, NftTable table, string set) =>
        [.. DumpElements(connection, table, set).SelectMany(reply => NftElements.DecodeCounted(reply.Payload.Span))];

    /// <summary>The keys of a set of any program's; empty when it does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NftListedKey> ListKeys(this NetlinkConnection connection, NftTable table, string set) =>
        [.. DumpElements(connection, table, set).SelectMany(reply => NftElements.DecodeKeys(reply.Payload.Span))];

    /// <summary>The messages of a table's rules, in order within each chain.</summary>
    internal static IReadOnlyList<NetlinkReply> DumpRules(this NetlinkConnection connection, NftTable table) =>
        Dump(connection, NftOperation.GetRule, new NftRule.Request(table), $"list the rules of table {table}");

    private static IReadOnlyList<NetlinkReply> DumpElements(NetlinkConnection connection, NftTable table, string set)
    {
        try
        {
            return Dump(
                connection, NftOperation.GetElements, new NftElements(table, set, []), $"list the elements of {set} in table {table}");
        }
        catch (NetlinkException error) when (error.Errno == Errno.NoEntry)
        {
            return [];
        }
    }

    private static IReadOnlyList<NetlinkReply> Dump(
        NetlinkConnection connection, byte operation, INetlinkMessage message, string description)
    {
        ushort type = NetfilterRequests.Type(NetfilterSubsystem.Nftables, operation);
        return connection.Dump(new NetlinkRequest(type, MessageFlags.None, message, description));
    }
}
