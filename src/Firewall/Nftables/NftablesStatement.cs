using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>One statement of a rule, a condition or an action: as text for a person and as expressions for the kernel.</summary>
/// <param name="Text">The statement as nft writes it.</param>
/// <param name="Expressions">The same statement as the kernel's expressions.</param>
internal sealed record NftablesStatement(string Text, params NftExpression[] Expressions)
{
    /// <summary>The action that lets the packet go on to the next chain.</summary>
    public static NftablesStatement Accept { get; } = new("accept", new NftVerdict(true));

    /// <summary>The action that drops the packet.</summary>
    public static NftablesStatement Drop { get; } = new("drop", new NftVerdict(false));

    /// <summary>The action that gives the connection the address of the link it leaves by.</summary>
    public static NftablesStatement Masquerade { get; } = new("masquerade", new NftMasquerade());

    /// <summary>The condition that a key of these fields is in a set.</summary>
    public static NftablesStatement In(string set, params NftablesField[] key) =>
        new($"{KeyText(key)} @{set}", [.. Load(key), new NftLookup(set)]);

    /// <summary>The condition that a key of these fields is not in a set.</summary>
    public static NftablesStatement NotIn(string set, params NftablesField[] key) =>
        new($"{KeyText(key)} != @{set}", [.. Load(key), new NftLookup(set, Not: true)]);

    /// <summary>Looks a key of these fields up in a map and does something with the value, which is then in the first register.</summary>
    /// <param name="action">The action on the value, as nft begins it.</param>
    /// <param name="map">The map.</param>
    /// <param name="then">The action on the value, as the kernel's expression.</param>
    /// <param name="key">The fields of the key.</param>
    public static NftablesStatement Map(string action, string map, NftExpression then, params NftablesField[] key) =>
        new($"{action} to {KeyText(key)} map @{map}", [.. Load(key), new NftLookup(map, IsMap: true), then]);

    private static string KeyText(NftablesField[] key) => string.Join(" . ", key.Select(field => field.Text));

    private static IEnumerable<NftExpression> Load(NftablesField[] key)
    {
        int slot = 0;
        foreach (NftablesField field in key)
        {
            yield return field.Load(slot);
            slot += field.Slots;
        }
    }
}
