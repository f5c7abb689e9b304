namespace Net.Netlink.Nftables.Expressions;

/// <summary>Translates the source of the connection to the address of the interface it leaves by.</summary>
public sealed record NftMasquerade() : NftExpression("masq")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        // No options: no random ports, no port range.
    }
}
