namespace Net.Netlink.Nftables.Expressions;

/// <summary>Goes on when a register has this value.</summary>
/// <param name="Value">The bytes to compare.</param>
/// <param name="Not">Go on when it has another value instead.</param>
/// <param name="Slot">The register.</param>
public sealed record NftCompare(ReadOnlyMemory<byte> Value, bool Not = false, int Slot = 0) : NftExpression("cmp")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_CMP_SREG
        writer.UInt32NetworkOrder(2, Not ? 1u : 0); // NFTA_CMP_OP: NFT_CMP_EQ, NFT_CMP_NEQ
        Bytes(writer, 3, Value.Span); // NFTA_CMP_DATA
    }
}
