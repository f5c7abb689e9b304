namespace Net.Netlink.Nftables.Expressions;

/// <summary>Clears the bits of a register that a mask does not have.</summary>
/// <param name="Mask">The mask, in the byte order of what the register holds.</param>
/// <param name="Slot">The register.</param>
public sealed record NftAnd(ReadOnlyMemory<byte> Mask, int Slot = 0) : NftExpression("bitwise")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_BITWISE_SREG
        Register(writer, 2, Slot); // NFTA_BITWISE_DREG
        writer.UInt32NetworkOrder(3, (uint)Mask.Length); // NFTA_BITWISE_LEN
        Bytes(writer, 4, Mask.Span); // NFTA_BITWISE_MASK
        Bytes(writer, 5, new byte[Mask.Length]); // NFTA_BITWISE_XOR
    }
}
