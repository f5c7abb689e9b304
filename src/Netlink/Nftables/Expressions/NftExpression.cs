namespace Net.Netlink.Nftables.Expressions;

/// <summary>One expression of a rule: a condition, a load into a register, or an action.</summary>
/// <remarks>
/// Registers are counted in slots of 4 bytes, 0 to 15 (NFT_REG32_00 and up); a value longer than that fills the slots after it too.
/// Wire: NFTA_EXPR_NAME, NFTA_EXPR_DATA. Source: include/uapi/linux/netfilter/nf_tables.h.
/// </remarks>
/// <param name="Name">The kernel's name for this kind of expression.</param>
public abstract record NftExpression(string Name)
{
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA
    private const ushort DataValue = 1; // NFTA_DATA_VALUE
    private const uint FirstSlot = 8; // NFT_REG32_00

    /// <summary>Writes the name and the data.</summary>
    public void Encode(AttributeWriter writer)
    {
        writer.String(ExpressionName, Name);
        using (writer.Nest(ExpressionData))
        {
            EncodeData(writer);
        }
    }

    /// <summary>Writes the attributes of this kind of expression.</summary>
    protected abstract void EncodeData(AttributeWriter writer);

    /// <summary>Writes a register by its slot.</summary>
    protected static void Register(AttributeWriter writer, ushort type, int slot) =>
        writer.UInt32NetworkOrder(type, FirstSlot + (uint)slot);

    /// <summary>Writes bytes as nested data.</summary>
    protected static void Bytes(AttributeWriter writer, ushort type, ReadOnlySpan<byte> value)
    {
        using (writer.Nest(type))
        {
            writer.Write(DataValue, value);
        }
    }
}
