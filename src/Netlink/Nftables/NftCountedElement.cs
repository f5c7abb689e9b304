namespace Net.Netlink.Nftables;

/// <summary>An element of a set that counts, and what was counted there.</summary>
/// <param name="Element">The element.</param>
/// <param name="Counter">Since the element was added.</param>
public readonly record struct NftCountedElement(NftElement Element, NftCounter Counter)
{
    private const ushort ElementExpression = 7; // NFTA_SET_ELEM_EXPR

    /// <summary>Reads the attributes of one element; null when it does not count.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not attributes.</exception>
    public static NftCountedElement? Decode(AttributeReader attributes)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == ElementExpression && NftCounter.Decode(attribute.AsNested()) is { } counter)
            {
                return new NftCountedElement(NftElement.Decode(attributes), counter);
            }
        }

        return null;
    }
}
