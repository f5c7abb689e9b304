namespace Net.Netlink.Nftables.Expressions;

/// <summary>Writes a register into the transport header and updates that header's checksum.</summary>
/// <param name="Offset">The offset of the first byte in the transport header.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="ChecksumOffset">The offset of the checksum in the transport header: 6 in UDP, 16 in TCP.</param>
/// <param name="Slot">The register.</param>
public sealed record NftPayloadWrite(int Offset, int Length, int ChecksumOffset, int Slot = 0) : NftExpression("payload")
{
    private const uint InternetChecksum = 1; // NFT_PAYLOAD_CSUM_INET

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 5, Slot); // NFTA_PAYLOAD_SREG
        writer.UInt32NetworkOrder(2, (uint)NftPayloadBase.Transport); // NFTA_PAYLOAD_BASE
        writer.UInt32NetworkOrder(3, (uint)Offset); // NFTA_PAYLOAD_OFFSET
        writer.UInt32NetworkOrder(4, (uint)Length); // NFTA_PAYLOAD_LEN
        writer.UInt32NetworkOrder(6, InternetChecksum); // NFTA_PAYLOAD_CSUM_TYPE
        writer.UInt32NetworkOrder(7, (uint)ChecksumOffset); // NFTA_PAYLOAD_CSUM_OFFSET
    }
}
