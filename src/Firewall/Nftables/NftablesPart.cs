using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>A part of a rule: a condition or what is done, for a person and for the kernel.</summary>
/// <param name="Text">As nft writes it.</param>
/// <param name="Expressions">The same for the kernel.</param>
internal sealed record NftablesPart(string Text, params NftExpression[] Expressions)
{
    /// <summary>The packet goes on to the next chain.</summary>
    public static NftablesPart Accept { get; } = new("accept", new NftVerdict(true));

    /// <summary>The packet is gone.</summary>
    public static NftablesPart Drop { get; } = new("drop", new NftVerdict(false));

    /// <summary>The connection gets the address of the link it leaves by.</summary>
    public static NftablesPart Masquerade { get; } = new("masquerade", new NftMasquerade());

    /// <summary>A key of these fields is in a set.</summary>
    public static NftablesPart In(string set, params NftablesField[] key) =>
        new($"{Words(key)} @{set}", [.. Load(key), new NftLookup(set)]);

    /// <summary>A key of these fields is not in a set.</summary>
    public static NftablesPart NotIn(string set, params NftablesField[] key) =>
        new($"{Words(key)} != @{set}", [.. Load(key), new NftLookup(set, Not: true)]);

    /// <summary>As <see cref="In"/> for a map; the value is then in the first register.</summary>
    /// <param name="action">What is done with the value, as nft begins it.</param>
    /// <param name="map">The map.</param>
    /// <param name="then">What is done with the value, for the kernel.</param>
    /// <param name="key">The fields.</param>
    public static NftablesPart Map(string action, string map, NftExpression then, params NftablesField[] key) =>
        new($"{action} to {Words(key)} map @{map}", [.. Load(key), new NftLookup(map, IsMap: true), then]);

    private static string Words(NftablesField[] key) => string.Join(" . ", key.Select(field => field.Text));

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
