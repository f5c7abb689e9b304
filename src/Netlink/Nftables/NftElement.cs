namespace Net.Netlink.Nftables;

/// <summary>One element of a set or a map. Two elements with the same bytes are equal.</summary>
/// <param name="Key">The key's bytes in hexadecimal, each part of a concatenated key padded to 4 bytes.</param>
/// <param name="KeyEnd">The bytes of the last key of a range in hexadecimal; null when the element is not a range.</param>
/// <param name="Data">The bytes of the value in hexadecimal; null when the set is not a map.</param>
/// <param name="Comment">The comment that nft shows with the element; null for none.</param>
public readonly record struct NftElement(string Key, string? KeyEnd, string? Data, string? Comment)
{
    private const ushort ElementKey = 1; // NFTA_SET_ELEM_KEY
    private const ushort ElementData = 2; // NFTA_SET_ELEM_DATA
    private const ushort ElementUserData = 6; // NFTA_SET_ELEM_USERDATA
    private const ushort ElementKeyEnd = 10; // NFTA_SET_ELEM_KEY_END
    private const ushort DataValue = 1; // NFTA_DATA_VALUE

    /// <summary>Writes the attributes of one element.</summary>
    public void Encode(AttributeWriter writer)
    {
        EncodeValue(writer, ElementKey, Key);
        EncodeValue(writer, ElementKeyEnd, KeyEnd);
        EncodeValue(writer, ElementData, Data);
        if (Comment is not null)
        {
            writer.Write(ElementUserData, NftComment.Encode(Comment));
        }
    }

    /// <summary>Reads the attributes of one element.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not attributes.</exception>
    public static NftElement Decode(AttributeReader attributes)
    {
        var element = new NftElement("", null, null, null);
        foreach (NetlinkAttribute attribute in attributes)
        {
            element = attribute.Type switch
            {
                ElementKey => element with { Key = DecodeValue(attribute.AsNested()) ?? "" },
                ElementKeyEnd => element with { KeyEnd = DecodeValue(attribute.AsNested()) },
                ElementData => element with { Data = DecodeValue(attribute.AsNested()) },
                ElementUserData => element with { Comment = NftComment.Decode(attribute.Value) },
                _ => element,
            };
        }

        return element;
    }

    private static void EncodeValue(AttributeWriter writer, ushort type, string? hexadecimal)
    {
        if (hexadecimal is null)
        {
            return;
        }

        using (writer.Nest(type))
        {
            writer.Write(DataValue, Convert.FromHexString(hexadecimal));
        }
    }

    private static string? DecodeValue(AttributeReader attributes)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == DataValue)
            {
                return Convert.ToHexString(attribute.Value);
            }
        }

        return null;
    }
}
