namespace Net.Netlink.Nftables.Expressions;

/// <summary>Compares a register with a value; the rule does not match when the comparison fails.</summary>
/// <param name="Value">The bytes to compare.</param>
/// <param name="Comparison">The comparison that must hold.</param>
/// <param name="Slot">The register.</param>
public sealed record NftCompare(ReadOnlyMemory<byte> Value, NftComparison Comparison = NftComparison.Equal, int Slot = 0)
    : NftExpression("cmp")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_CMP_SREG
        writer.UInt32NetworkOrder(2, (uint)Comparison); // NFTA_CMP_OP
        Bytes(writer, 3, Value.Span); // NFTA_CMP_DATA
    }
}
