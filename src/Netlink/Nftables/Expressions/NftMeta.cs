namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads a fact about the packet into a register.</summary>
/// <param name="Key">The fact to load.</param>
/// <param name="Slot">The register.</param>
public sealed record NftMeta(NftMetaKey Key, int Slot = 0) : NftExpression("meta")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(2, (uint)Key); // NFTA_META_KEY
        Register(writer, 1, Slot); // NFTA_META_DREG
    }
}
