namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads bytes of the packet into a register.</summary>
/// <param name="Base">The header that the offset counts from.</param>
/// <param name="Offset">The offset of the first byte in that header.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Slot">The register.</param>
public sealed record NftPayload(NftPayloadBase Base, int Offset, int Length, int Slot = 0) : NftExpression("payload")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_PAYLOAD_DREG
        writer.UInt32NetworkOrder(2, (uint)Base); // NFTA_PAYLOAD_BASE
        writer.UInt32NetworkOrder(3, (uint)Offset); // NFTA_PAYLOAD_OFFSET
        writer.UInt32NetworkOrder(4, (uint)Length); // NFTA_PAYLOAD_LEN
    }
}
