using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The sets and chains of <c>table ip netctl</c> and <c>table ip6 netctl</c>.</summary>
/// <remarks>Ranges have maps of their own: adding to a large interval map costs a hundred times as much as adding to a hash map.</remarks>
internal static class NftablesHostTable
{
    /// <summary>The sets and maps of a family.</summary>
    public static NftSet[] Sets(NftTable table, FirewallFamily family)
    {
        NftDataType address = family == FirewallFamily.IPv4 ? NftDataType.IPv4Address : NftDataType.IPv6Address;
        NftDataType[] name = [NftDataType.InterfaceName];
        NftDataType[] pair = [.. name, .. name];
        NftDataType[] service = [NftDataType.Protocol, NftDataType.Service];
        NftDataType[] container = [address, NftDataType.Service];
        uint id = 0;
        NftSet Set(string set, params NftDataType[] key) => new() { Table = table, Name = set, Id = ++id, Key = key };
        NftSet Map(string map, NftDataType[] key, NftDataType[] data) => Set(map, key) with { Data = data, Counter = true };
        return
        [
            Set(NftablesSets.Bridges, name),
            Set(NftablesSets.Internal, name),
            Set(NftablesSets.Inside, pair),
            Set(NftablesSets.Closed, pair),
            Set(NftablesSets.Linked, [.. name, address, address, .. service]),
            Set(NftablesSets.Unprotected, name),
            Set(NftablesSets.Routed, name),
            Set(NftablesSets.Trusted, pair),
            Set(NftablesSets.Open, [.. name, address, .. service]),
            Set(NftablesSets.OpenRanges, [.. name, address, .. service]) with { Interval = true },
            Set(NftablesSets.Masqueraded, name),
            Set(NftablesSets.Sources, name) with { Data = [address] },
            Set(NftablesSets.Home, address, NftDataType.InterfaceName) with { Interval = true },
            Set(NftablesSets.Hairpins, address, address) with { Interval = true },
            Set(NftablesSets.Strangers, NftDataType.EtherType),
            Set(NftablesSets.Guests, name),
            Set(NftablesSets.Loopback, [address, .. service]),
            Set(NftablesSets.LoopbackRanges, [address, .. service]) with { Interval = true },
            Map(NftablesSets.Published, [address, .. service], container),
            Map(NftablesSets.PublishedRanges, [address, .. service], [address]) with { Interval = true },
            Map(NftablesSets.PublishedAny, service, container),
            Map(NftablesSets.PublishedAnyRanges, service, [address]) with { Interval = true },
        ];
    }

    /// <summary>The base chains.</summary>
    public static NftChain[] Chains(NftTable table)
    {
        NftChain Chain(string name, string type, NftHook hook, int priority) =>
            new() { Table = table, Name = name, Type = type, Hook = hook, Priority = priority };
        return
        [
            Chain(NftablesChains.Guard, "filter", NftHook.Prerouting, -300),
            Chain(NftablesChains.Prerouting, "nat", NftHook.Prerouting, -100),
            Chain(NftablesChains.Output, "nat", NftHook.Output, -100),
            Chain(NftablesChains.Forward, "filter", NftHook.Forward, 0),
            Chain(NftablesChains.Postrouting, "nat", NftHook.Postrouting, 100),
        ];
    }
}
