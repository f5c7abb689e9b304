namespace Net.Netlink.Nftables.Expressions;

/// <summary>Keeps the packet out of connection tracking.</summary>
public sealed record NftNoTrack() : NftExpression("notrack")
{
    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        // The kernel takes no attributes here.
    }
}
