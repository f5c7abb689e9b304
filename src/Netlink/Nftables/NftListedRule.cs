using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>A rule of any program's as the kernel lists it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Handle">The number by which the rule is deleted.</param>
/// <param name="Expressions">The expressions, in the order in which they run.</param>
/// <remarks>Wire: struct nfgenmsg, NFTA_RULE_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftListedRule(NftTable Table, string Chain, ulong Handle, IReadOnlyList<NftListedExpression> Expressions)
{
    private const ushort RuleTable = 1; // NFTA_RULE_TABLE
    private const ushort RuleChain = 2; // NFTA_RULE_CHAIN
    private const ushort RuleHandle = 3; // NFTA_RULE_HANDLE
    private const ushort RuleExpressions = 4; // NFTA_RULE_EXPRESSIONS
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA

    /// <summary>Reads a rule's message.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NftListedRule Decode(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string table = "";
        string chain = "";
        ulong handle = 0;
        var expressions = new List<NftListedExpression>();
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
                case RuleHandle:
                    handle = attribute.AsUInt64NetworkOrder();
                    break;
                case RuleExpressions:
                    foreach (NetlinkAttribute element in attribute.AsNested())
                    {
                        expressions.Add(DecodeExpression(element.AsNested()));
                    }

                    break;
            }
        }

        return new NftListedRule(new NftTable(header.Family, table), chain, handle, expressions);
    }

    private static NftListedExpression DecodeExpression(AttributeReader attributes)
    {
        string name = "";
        byte[] data = [];
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == ExpressionName)
            {
                name = attribute.AsString();
            }
            else if (attribute.Type == ExpressionData)
            {
                data = attribute.Value.ToArray();
            }
        }

        return new NftListedExpression(name, data);
    }
}
