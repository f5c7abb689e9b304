using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Finds chains with a rule that drops or rejects every packet that reaches it: the other way to give a chain a policy of
/// drop.</summary>
/// <remarks>Counters, log statements and the comments of iptables are no conditions. Wire: NFTA_RULE_EXPRESSIONS, NFTA_EXPR_*; native
/// expressions, and the targets of iptables in their nf_tables form. Source: include/uapi/linux/netfilter/nf_tables.h,
/// nf_tables_compat.h.</remarks>
public static class NftDroppingChains
{
    private const ushort RuleChain = 2; // NFTA_RULE_CHAIN
    private const ushort RuleExpressions = 4; // NFTA_RULE_EXPRESSIONS
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA
    private const ushort ExtensionName = 1; // NFTA_MATCH_NAME, NFTA_TARGET_NAME
    private const ushort ImmediateData = 2; // NFTA_IMMEDIATE_DATA
    private const ushort DataVerdict = 2; // NFTA_DATA_VERDICT
    private const ushort VerdictCode = 1; // NFTA_VERDICT_CODE
    private const uint Drop = 0; // NF_DROP

    /// <summary>The names of a table's chains with such a rule; empty when the table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<string> ListDroppingChains(this NetlinkConnection connection, NftTable table) =>
        [.. connection.DumpRules(table).Select(reply => DecodeDropping(reply.Payload.Span)).OfType<string>().Distinct()];

    /// <summary>Reads a rule's message: the name of its chain when the rule drops or rejects every packet that reaches it, else
    /// null.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static string? DecodeDropping(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string? chain = null;
        bool stops = false;
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == RuleChain)
            {
                chain = attribute.AsString();
            }
            else if (attribute.Type == RuleExpressions)
            {
                stops = StopsAll(attribute.AsNested());
            }
        }

        return stops ? chain : null;
    }

    private static bool StopsAll(AttributeReader expressions)
    {
        foreach (NetlinkAttribute expression in expressions)
        {
            AttributeReader data = Nested(expression.AsNested(), ExpressionData);
            switch (Text(expression.AsNested(), ExpressionName))
            {
                case "reject":
                case "immediate" when IsDrop(data):
                case "target" when Text(data, ExtensionName) is "DROP" or "REJECT":
                    return true;
                case "counter" or "log":
                case "match" when Text(data, ExtensionName) == "comment":
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsDrop(AttributeReader immediate)
    {
        foreach (NetlinkAttribute attribute in Nested(Nested(immediate, ImmediateData), DataVerdict))
        {
            if (attribute.Type == VerdictCode)
            {
                return attribute.AsUInt32NetworkOrder() == Drop;
            }
        }

        return false;
    }

    private static string Text(AttributeReader attributes, ushort type)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == type)
            {
                return attribute.AsString();
            }
        }

        return "";
    }

    private static AttributeReader Nested(AttributeReader attributes, ushort type)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == type)
            {
                return attribute.AsNested();
            }
        }

        return default;
    }
}
