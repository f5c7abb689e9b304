namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads a constant into a register.</summary>
/// <param name="Constant">Its bytes.</param>
/// <param name="Slot">The register.</param>
public sealed record NftSetRegister(ReadOnlyMemory<byte> Constant, int Slot = 0) : NftExpression("immediate")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_IMMEDIATE_DREG
        Bytes(writer, 2, Constant.Span); // NFTA_IMMEDIATE_DATA
    }
}
