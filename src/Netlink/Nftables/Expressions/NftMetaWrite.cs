namespace Net.Netlink.Nftables.Expressions;

/// <summary>Sets a fact about the packet, such as its mark, to the value of a register.</summary>
/// <param name="Key">The fact to set.</param>
/// <param name="Slot">The register.</param>
public sealed record NftMetaWrite(NftMetaKey Key, int Slot = 0) : NftExpression("meta")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(2, (uint)Key); // NFTA_META_KEY
        Register(writer, 3, Slot); // NFTA_META_SREG
    }
}
