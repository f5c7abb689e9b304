using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>One element that a policy wants in one of our sets.</summary>
/// <param name="Family">Which table.</param>
/// <param name="Set">Which set.</param>
/// <param name="Element">Its bytes and its comment.</param>
/// <param name="KeyText">The key as nft writes it.</param>
/// <param name="DataText">For a map the value as nft writes it, else null.</param>
public sealed record NftablesElement(FirewallFamily Family, string Set, NftElement Element, string KeyText, string? DataText)
{
    /// <summary>As nft takes it between braces.</summary>
    public string ToText() =>
        $"{KeyText} comment \"{Element.Comment}\"{(DataText is null ? "" : $" : {DataText}")}";
}
