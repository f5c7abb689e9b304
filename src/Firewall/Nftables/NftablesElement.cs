using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>One element in one of our sets.</summary>
/// <param name="Table">The table.</param>
/// <param name="Set">The name of the set.</param>
/// <param name="Element">The bytes and the comment of the element.</param>
public sealed record NftablesElement(NftablesTable Table, string Set, NftElement Element)
{
    /// <summary>The element as nft takes it between braces to add it.</summary>
    public string ToText()
    {
        string comment = Element.Comment is null ? "" : $" comment \"{Element.Comment}\"";
        return $"{KeyText()}{comment}{(Element.Data is null ? "" : $" : {NftablesElementText.Write(Layout.Data, Element.Data, null)}")}";
    }

    /// <summary>The key alone, as nft takes it between braces to delete the element.</summary>
    public string KeyText() => NftablesElementText.Write(Layout.Key, Element.Key, Element.KeyEnd);

    private NftSet Layout => NftablesLayout.Of(Table).Sets.Single(set => set.Name == Set);
}
