namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads bytes of an IPv6 extension header into a register; the rule does not match when the packet has none.</summary>
/// <param name="Type">The header's protocol number: 44 for a fragment header.</param>
/// <param name="Offset">The offset of the first byte in the header.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Slot">The register.</param>
public sealed record NftExtensionHeader(byte Type, int Offset, int Length, int Slot = 0) : NftExpression("exthdr")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 1, Slot); // NFTA_EXTHDR_DREG
        writer.Write(2, [Type]); // NFTA_EXTHDR_TYPE
        writer.UInt32NetworkOrder(3, (uint)Offset); // NFTA_EXTHDR_OFFSET
        writer.UInt32NetworkOrder(4, (uint)Length); // NFTA_EXTHDR_LEN
    }
}
