namespace Net.Netlink.Nftables.Expressions;

/// <summary>Sets bits of a register and leaves the others as they are.</summary>
/// <param name="Bits">The bits to set, in the byte order of what the register holds.</param>
/// <param name="Slot">The register.</param>
public sealed record NftOr(ReadOnlyMemory<byte> Bits, int Slot = 0) : NftExpression("bitwise")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_BITWISE_SREG
        Register(writer, 2, Slot); // NFTA_BITWISE_DREG
        writer.UInt32NetworkOrder(3, (uint)Bits.Length); // NFTA_BITWISE_LEN
        Bytes(writer, 4, Array.ConvertAll(Bits.ToArray(), bits => (byte)~bits)); // NFTA_BITWISE_MASK
        Bytes(writer, 5, Bits.Span); // NFTA_BITWISE_XOR
    }
}
