using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables.Expressions;

/// <summary>Translates the source of the connection to the address that a register holds.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="AddressSlot">The register with the address.</param>
public sealed record NftSourceNat(NetfilterFamily Family, int AddressSlot) : NftExpression("nat")
{
    private const uint Source = 0; // NFT_NAT_SNAT

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(1, Source); // NFTA_NAT_TYPE
        writer.UInt32NetworkOrder(2, (uint)Family); // NFTA_NAT_FAMILY
        Register(writer, 3, AddressSlot); // NFTA_NAT_REG_ADDR_MIN
    }
}
