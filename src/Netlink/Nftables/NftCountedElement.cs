namespace Net.Netlink.Nftables;

/// <summary>An element with a counter, and the counter's values.</summary>
/// <param name="Element">The element.</param>
/// <param name="Counter">What has been counted since the element was added.</param>
public readonly record struct NftCountedElement(NftElement Element, NftCounter Counter)
{
    private const ushort ElementExpression = 7; // NFTA_SET_ELEM_EXPR

    /// <summary>Reads the attributes of one element; null when it has no counter.</summary>
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
