using Net.Netlink.Nftables;


namespace Net.Firewall.Nftables;

/// <summary><c>table ip netctl-conntrack</c> and <c>table ip6 netctl-conntrack</c>: they keep connection tracking and address translation
/// on while there are bridges of ours, and decide nothing.</summary>
/// <remarks>
/// The kernel tracks connections only while a rule asks for it (nf_ct_netns_get), and translates only while a chain of type nat exists
/// (nf_nat_register_fn). A program that takes all rules of iptables away, and with <c>iptables -X</c> the empty chains of nat, would turn
/// both off until the rules are put back: meanwhile the packets of running connections would arrive at the host itself, which resets them.
/// iptables does not see these tables. Packets of known connections do not pass their chain.
/// </remarks>
internal static class NftablesTrackingTable
{
    private const int AfterSourceTranslation = 101; // NF_IP_PRI_NAT_SRC is 100

    /// <summary>The name of the tables.</summary>
    public const string Name = "netctl-conntrack";

    /// <summary>The rules, which have conditions and no verdict.</summary>
    public static IEnumerable<NftablesRule> Rules =>
    [
        NftablesRule.Of(
            NftablesChains.Postrouting, "published",
            "Connections to published ports stay tracked and translated while another program takes all rules of iptables away.",
            NftablesForwardRules.IntoBridge, NftablesForwardRules.Translated),
        NftablesRule.Of(
            NftablesChains.Postrouting, "answers", "So do those of containers to the outside.",
            NftablesForwardRules.IntoBridge, NftablesForwardRules.Answers),
    ];

    /// <summary>The set of bridges.</summary>
    public static NftSet[] Sets(NftTable table) =>
        [new() { Table = table, Name = NftablesSets.Bridges, Id = 1, Key = [NftDataType.InterfaceName] }];

    /// <summary>The base chain.</summary>
    public static NftChain[] Chains(NftTable table) =>
    [
        new()
        {
            Table = table,
            Name = NftablesChains.Postrouting,
            Type = "nat",
            Hook = NftHook.Postrouting,
            Priority = AfterSourceTranslation,
        },
    ];
}
