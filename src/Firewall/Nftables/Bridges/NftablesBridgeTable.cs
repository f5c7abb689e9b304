using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables.Bridges;

/// <summary><c>table bridge netctl</c>: the rules for frames that a container sends into its bridge. It is stateless, and the same with
/// either backend.</summary>
/// <remarks>br_netfilter handles a frame (including destination NAT) at priority 0, after these rules have seen the frame as the container
/// sent it. The rules use no <c>ibrname</c>, no connection tracking and no reject: many kernels are built without these for
/// bridges.</remarks>
internal static class NftablesBridgeTable
{
    private const int BeforeBridgeNetfilter = -300; // NF_BR_PRI_NAT_DST_BRIDGED
    private const int ForwardBeforeBridgeNetfilter = -200; // NF_BR_PRI_FILTER_BRIDGED
    private const int AfterBridgeNetfilter = 1; // NF_BR_PRI_BRNF is 0
    private const int NeighbourOptionAddress = 26; // after ICMPv6 header, flags, target, option type and length
    private const int RouterOptionAddress = 10; // after ICMPv6 header, reserved, option type and length
    private const int NeighbourTarget = 8; // after ICMPv6 header and flags

    /// <summary>The rules, in order within each chain.</summary>
    public static IEnumerable<NftablesRule> Rules =>
        [
            .. NftablesBridgedMark.Rules, .. NftablesRouterRules.All, .. NftablesSpoofingRules.All, .. NftablesUnspecifiedRules.Rules,
            .. NftablesNeighbourRules.All, .. NftablesIsolationRules.All, .. NftablesHeaderRules.All,
        ];

    /// <summary>The sets.</summary>
    public static NftSet[] Sets(NftTable table)
    {
        NftDataType[] service = [NftDataType.Protocol, NftDataType.Service];
        uint id = 0;
        NftSet Set(string set, params NftDataType[] key) => new() { Table = table, Name = set, Id = ++id, Key = key };
        NftSet Port(string set, NftDataType second) => Set(set, NftDataType.InterfaceName, second);
        return
        [
            Set(NftablesBridgeSets.Ports, NftDataType.InterfaceName),
            Set(NftablesBridgeSets.Guarded, NftDataType.InterfaceName),
            Port(NftablesBridgeSets.Macs, NftDataType.EthernetAddress),
            Port(NftablesBridgeSets.Addresses4, NftDataType.IPv4Address),
            Port(NftablesBridgeSets.Addresses6, NftDataType.IPv6Address),
            Port(NftablesBridgeSets.Targets, NftDataType.Integer16) with { TransportOffset = NeighbourTarget },
            Port(NftablesBridgeSets.NeighbourOptions, NftDataType.Integer6) with { TransportOffset = NeighbourOptionAddress },
            Port(NftablesBridgeSets.RouterOptions, NftDataType.Integer6) with { TransportOffset = RouterOptionAddress },
            Port(NftablesBridgeSets.Others4, NftDataType.IPv4Address),
            Port(NftablesBridgeSets.Others6, NftDataType.IPv6Address),
            Set(NftablesBridgeSets.Strangers, NftDataType.EtherType),
            Set(NftablesBridgeSets.Closed, NftDataType.InterfaceName),
            Set(NftablesBridgeSets.ClosedMacs, NftDataType.EthernetAddress),
            Set(NftablesBridgeSets.Linked4, [NftDataType.IPv4Address, NftDataType.IPv4Address, .. service]),
            Set(NftablesBridgeSets.Linked6, [NftDataType.IPv6Address, NftDataType.IPv6Address, .. service]),
        ];
    }

    /// <summary>The base chains.</summary>
    public static NftChain[] Chains(NftTable table)
    {
        NftChain Chain(string name, NftHook hook, int priority) =>
            new() { Table = table, Name = name, Type = "filter", Hook = hook, Priority = priority };
        return
        [
            Chain(NftablesChains.Prerouting, NftHook.Prerouting, BeforeBridgeNetfilter),
            Chain(NftablesChains.Input, NftHook.Input, ForwardBeforeBridgeNetfilter),
            Chain(NftablesChains.Forward, NftHook.Forward, ForwardBeforeBridgeNetfilter),
            Chain(NftablesChains.Forwarded, NftHook.Forward, AfterBridgeNetfilter),
            Chain(NftablesChains.Output, NftHook.Output, ForwardBeforeBridgeNetfilter),
        ];
    }
}
