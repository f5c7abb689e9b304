using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The nft commands that create a set or a chain.</summary>
internal static class NftablesCommands
{
    private const int BitsPerByte = 8;

    /// <summary><c>nft add set</c> or <c>nft add map</c>.</summary>
    public static string AddSet(NftSet set)
    {
        bool map = set.Data.Count > 0;
        string type = set.TransportOffset is { } offset
            ? $"typeof iifname . @th,{offset * BitsPerByte},{set.Key[^1].Length() * BitsPerByte}"
            : $"type {TypeNames(set.Key)}";
        string data = map ? $" : {TypeNames(set.Data)}" : "";
        string flags = set.Interval ? " flags interval;" : "";
        string counter = set.Counter ? " counter;" : "";
        return $"nft add {(map ? "map" : "set")} {set.Table} {set.Name} '{{ {type}{data};{flags}{counter} }}'";
    }

    /// <summary><c>nft add chain</c>.</summary>
    public static string AddChain(NftChain chain)
    {
        string hook = chain.Hook switch
        {
            NftHook.Prerouting => "prerouting",
            NftHook.Output => "output",
            NftHook.Forward => "forward",
            NftHook.Postrouting => "postrouting",
            _ => "input",
        };
        string comment = chain.Comment is null ? "" : $" comment \"{chain.Comment}\";";
        return $"nft add chain {chain.Table} {chain.Name} '{{ type {chain.Type} hook {hook} priority {chain.Priority};{comment} }}'";
    }

    private static string TypeNames(IEnumerable<NftDataType> parts) => string.Join(" . ", parts.Select(part => part.ToWord()));
}
