using Net.Cnm.Firewalls;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>Builds the elements of one policy in one table.</summary>
/// <param name="table">The table.</param>
/// <param name="policy">The policy; the tag of its owner is the comment of every element.</param>
internal sealed class NftablesElementFactory(NftablesTable table, FirewallPolicy policy)
{
    private readonly string _comment = FirewallTag.Of(policy.Owner);

    /// <summary>An element of a set.</summary>
    public NftablesElement Of(string set, params string[] key) => Make(set, key, null, "");

    /// <summary>An element of a map.</summary>
    public NftablesElement To(string map, string[] key, params string[] value) => Make(map, key, null, string.Concat(value));

    /// <summary>A range as the key of a set, or of a map when there is a value.</summary>
    public NftablesElement Range(string set, string[] first, string[] last, string value = "") =>
        Make(set, first, string.Concat(last), value);

    /// <summary>An element that several policies may have in common, so its comment has the tag that all policies share.</summary>
    public NftablesElement Shared(string set, string key) => new(table, set, new NftElement(key, null, null, FirewallTag.Host));

    private NftablesElement Make(string set, string[] key, string? last, string value) =>
        new(table, set, new NftElement(string.Concat(key), last, value.Length == 0 ? null : value, _comment));
}
