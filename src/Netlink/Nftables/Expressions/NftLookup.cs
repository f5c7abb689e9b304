namespace Net.Netlink.Nftables.Expressions;

/// <summary>Looks the key in the registers up in a set; the rule does not match when the set lacks it. From a map, the key's value is
/// loaded into the registers.</summary>
/// <param name="Set">The set's or map's name.</param>
/// <param name="IsMap">Whether it is a map.</param>
/// <param name="Not">Whether the rule matches when the set lacks the key instead; not with a map.</param>
/// <param name="Slot">The first register of key and value.</param>
public sealed record NftLookup(string Set, bool IsMap = false, bool Not = false, int Slot = 0) : NftExpression("lookup")
{
    private const uint FlagInverse = 1; // NFT_LOOKUP_F_INV

    /// <inheritdoc/>
    protected override void EncodeData(AttributeWriter writer)
    {
        Register(writer, 2, Slot); // NFTA_LOOKUP_SREG
        if (IsMap)
        {
            Register(writer, 3, Slot); // NFTA_LOOKUP_DREG
        }

        writer.String(1, Set); // NFTA_LOOKUP_SET
        if (Not)
        {
            writer.UInt32NetworkOrder(5, FlagInverse); // NFTA_LOOKUP_FLAGS
        }
    }
}
