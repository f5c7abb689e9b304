namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads a fact that connection tracking knows of the packet, 4 bytes in host order.</summary>
/// <param name="Key">The fact to load.</param>
/// <param name="Slot">The register.</param>
public sealed record NftConntrack(NftConntrackKey Key, int Slot = 0) : NftExpression("ct")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(2, (uint)Key); // NFTA_CT_KEY
        Register(writer, 1, Slot); // NFTA_CT_DREG
    }
}
