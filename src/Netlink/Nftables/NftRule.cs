using Net.Netlink.Netfilter;
using Net.Netlink.Nftables.Expressions;

namespace Net.Netlink.Nftables;

/// <summary>A rule: expressions that run one after the other until one does not match or gives a verdict.</summary>
/// <param name="Table">The table.</param>
/// <param name="Chain">The chain; a new rule goes to its end.</param>
/// <param name="Expressions">The expressions, in the order in which they run.</param>
/// <param name="Comment">The comment that nft shows; null for none.</param>
/// <remarks>Wire: struct nfgenmsg, NFTA_RULE_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftRule(NftTable Table, string Chain, IReadOnlyList<NftExpression> Expressions, string? Comment) : INetlinkMessage
{
    private const ushort RuleTable = 1; // NFTA_RULE_TABLE
    private const ushort RuleChain = 2; // NFTA_RULE_CHAIN
    private const ushort RuleExpressions = 4; // NFTA_RULE_EXPRESSIONS
    private const ushort RuleUserData = 7; // NFTA_RULE_USERDATA
    private const ushort ListElement = 1; // NFTA_LIST_ELEM

    /// <summary>A number by which the program that made the rule recognises it; nft does not show it. Null for none.</summary>
    public uint? Mark { get; init; }

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Table.Family).Encode(writer);
        writer.String(RuleTable, Table.Name);
        writer.String(RuleChain, Chain);
        using (writer.Nest(RuleExpressions))
        {
            foreach (NftExpression expression in Expressions)
            {
                using (writer.Nest(ListElement))
                {
                    expression.Encode(writer);
                }
            }
        }

        byte[] userData =
        [
            .. Comment is null ? [] : NftComment.Encode(Comment),
            .. Mark is { } mark ? NftRuleMark.Encode(mark) : [],
        ];
        if (userData.Length > 0)
        {
            writer.Write(RuleUserData, userData);
        }
    }

    /// <summary>Reads a rule's table, chain, comment and mark; its expressions are not read.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NftRule DecodeHead(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string table = "";
        string chain = "";
        string? comment = null;
        uint? mark = null;
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch (attribute.Type)
            {
                case RuleTable:
                    table = attribute.AsString();
                    break;
                case RuleChain:
                    chain = attribute.AsString();
                    break;
                case RuleUserData:
                    comment = NftComment.Decode(attribute.Value);
                    mark = NftRuleMark.Decode(attribute.Value);
                    break;
            }
        }

        return new NftRule(new NftTable(header.Family, table), chain, [], comment) { Mark = mark };
    }

    /// <summary>The request for the rules of one table, in order.</summary>
    internal sealed record Request(NftTable Table) : INetlinkMessage
    {
        public void Encode(AttributeWriter writer)
        {
            new NetfilterHeader(Table.Family).Encode(writer);
            writer.String(RuleTable, Table.Name);
        }
    }
}
