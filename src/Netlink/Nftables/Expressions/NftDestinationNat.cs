using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables.Expressions;

/// <summary>Translates the destination of the connection to the address and port that registers hold.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="AddressSlot">The register with the address.</param>
/// <param name="PortSlot">The register with the port, network order; null to keep the port.</param>
public sealed record NftDestinationNat(NetfilterFamily Family, int AddressSlot, int? PortSlot) : NftExpression("nat")
{
    private const uint Destination = 1; // NFT_NAT_DNAT

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        writer.UInt32NetworkOrder(1, Destination); // NFTA_NAT_TYPE
        writer.UInt32NetworkOrder(2, (uint)Family); // NFTA_NAT_FAMILY
        Register(writer, 3, AddressSlot); // NFTA_NAT_REG_ADDR_MIN
        if (PortSlot is { } port)
        {
            Register(writer, 5, port); // NFTA_NAT_REG_PROTO_MIN
        }
    }
}
