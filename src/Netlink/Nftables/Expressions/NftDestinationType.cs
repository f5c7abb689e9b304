namespace Net.Netlink.Nftables.Expressions;

/// <summary>Loads what the routing table says the destination address is (local, unicast, ...), 4 bytes in host order: <c>fib daddr
/// type</c>.</summary>
/// <param name="Slot">The register.</param>
public sealed record NftDestinationType(int Slot = 0) : NftExpression("fib")
{
    private const uint ResultAddressType = 3; // NFT_FIB_RESULT_ADDRTYPE
    private const uint FlagDestination = 2; // NFTA_FIB_F_DADDR

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(3, FlagDestination); // NFTA_FIB_FLAGS
        writer.UInt32NetworkOrder(2, ResultAddressType); // NFTA_FIB_RESULT
        Register(writer, 1, Slot); // NFTA_FIB_DREG
    }
}
