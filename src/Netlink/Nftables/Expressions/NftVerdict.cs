namespace Net.Netlink.Nftables.Expressions;

/// <summary>Ends the chain for the packet.</summary>
/// <param name="Accept">Whether the packet is accepted and goes on to the next chain; otherwise it is dropped.</param>
public sealed record NftVerdict(bool Accept) : NftExpression("immediate")
{
    private const uint VerdictRegister = 0; // NFT_REG_VERDICT

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(1, VerdictRegister); // NFTA_IMMEDIATE_DREG
        using (writer.Nest(2)) // NFTA_IMMEDIATE_DATA
        using (writer.Nest(2)) // NFTA_DATA_VERDICT
        {
            writer.UInt32NetworkOrder(1, Accept ? 1u : 0); // NFTA_VERDICT_CODE: NF_ACCEPT, NF_DROP
        }
    }
}
