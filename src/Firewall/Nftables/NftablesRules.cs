using System.Net;

using Net.Netlink.Netfilter;
using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>The rules of our tables, the same however many networks and ports there are.</summary>
/// <remarks>
/// Forwarded packets: within a bridge; then nothing through an internal one; then into a bridge only what belongs to a connection that was let
/// through or was sent to a published port, so that bridges are kept from each other and unpublished ports from the outside; then out of a
/// bridge all. An accept here does not undo a drop in another table.
/// </remarks>
internal static class NftablesRules
{
    private const uint StateRelatedOrEstablished = 0x6; // NF_CT_STATE_BIT of established and related
    private const uint StatusTranslated = 0x20; // IPS_DST_NAT
    private const uint AddressTypeLocal = 2; // RTN_LOCAL

    public static IReadOnlyList<NftablesRule> For(FirewallFamily family)
    {
        bool four = family == FirewallFamily.IPv4;
        string ip = four ? "ip" : "ip6";
        NetfilterFamily kernelFamily = four ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6;
        int words = four ? 1 : 4; // the slots of an address
        NftExpression loadSource = new NftPayload(NftPayloadBase.Network, four ? 12 : 8, 4 * words);
        NftExpression loadDestination = new NftPayload(NftPayloadBase.Network, four ? 16 : 24, 4 * words);
        NftExpression[] service(int slot) => [new NftMeta(NftMetaKey.Protocol, slot), new NftPayload(NftPayloadBase.Transport, 2, 2, slot + 1)];
        NftExpression[] local = [new NftDestinationType(), Equals(AddressTypeLocal)];
        NftExpression[] toOne =
            [.. local, loadDestination, .. service(words), new NftLookup(NftablesSets.Published, IsMap: true), new NftDestinationNat(kernelFamily, 0, words)];
        NftExpression[] toAny =
            [.. local, .. service(0), new NftLookup(NftablesSets.PublishedAny, IsMap: true), new NftDestinationNat(kernelFamily, 0, words)];
        string one = $"fib daddr type local dnat {ip} to {ip} daddr . meta l4proto . th dport map @{NftablesSets.Published}";
        string any = $"fib daddr type local dnat {ip} to meta l4proto . th dport map @{NftablesSets.PublishedAny}";
        NftExpression[] home = [loadSource, new NftMeta(NftMetaKey.OutputName, words), new NftLookup(NftablesSets.Home)];
        var loopback = new NftCompare(new byte[] { 127 });
        var toLoopback = new NftPayload(NftPayloadBase.Network, 16, 1);
        var fromLoopback = new NftPayload(NftPayloadBase.Network, 12, 1);
        NftExpression[] notLocalHost6 = four ? [] : [loadDestination, new NftCompare(IPAddress.IPv6Loopback.GetAddressBytes(), Not: true)];
        string notLocalHost6Text = four ? "" : "ip6 daddr != ::1 ";

        var rules = new List<NftablesRule>
        {
            new(NftablesLayout.Guard, "loopback ports", $"iifname != \"lo\" {ip} daddr . meta l4proto . th dport @{NftablesSets.Loopback} drop",
                [new NftMeta(NftMetaKey.InputName), new NftCompare("lo\0"u8.ToArray(), Not: true), loadDestination, .. service(words), new NftLookup(NftablesSets.Loopback), Drop]),
        };
        if (four)
        {
            rules.Add(new(NftablesLayout.Guard, "to loopback", "iifname @bridges ip daddr 127.0.0.0/8 drop", [.. From(NftablesSets.Bridges), toLoopback, loopback, Drop]));
            rules.Add(new(NftablesLayout.Guard, "from loopback", "iifname @bridges ip saddr 127.0.0.0/8 drop", [.. From(NftablesSets.Bridges), fromLoopback, loopback, Drop]));
        }

        rules.AddRange(
        [
            new(NftablesLayout.Prerouting, "port on one address", one, toOne),
            new(NftablesLayout.Prerouting, "port on all addresses", any, toAny),
            new(NftablesLayout.Output, "port on one address", one, toOne),
            new(NftablesLayout.Output, "port on all addresses", notLocalHost6Text + any, [.. notLocalHost6, .. toAny]),
            new(NftablesLayout.Forward, "within a network", "iifname . oifname @inside accept",
                [new NftMeta(NftMetaKey.InputName), new NftMeta(NftMetaKey.OutputName, 4), new NftLookup(NftablesSets.Inside), Accept]),
            new(NftablesLayout.Forward, "out of internal", "iifname @internal drop", [.. From(NftablesSets.Internal), Drop]),
            new(NftablesLayout.Forward, "into internal", "oifname @internal drop", [.. To(NftablesSets.Internal), Drop]),
            new(NftablesLayout.Forward, "answers", "oifname @bridges ct state established,related accept",
                [.. To(NftablesSets.Bridges), .. Conntrack(NftConntrackKey.State, StateRelatedOrEstablished), Accept]),
            new(NftablesLayout.Forward, "published", "oifname @bridges ct status dnat accept",
                [.. To(NftablesSets.Bridges), .. Conntrack(NftConntrackKey.Status, StatusTranslated), Accept]),
            new(NftablesLayout.Forward, "unpublished", "oifname @bridges drop", [.. To(NftablesSets.Bridges), Drop]),
            new(NftablesLayout.Forward, "out", "iifname @bridges accept", [.. From(NftablesSets.Bridges), Accept]),
            new(NftablesLayout.Postrouting, "back through the host", $"{ip} saddr . oifname @home ct status dnat masquerade",
                [.. home, .. Conntrack(NftConntrackKey.Status, StatusTranslated), new NftMasquerade()]),
            new(NftablesLayout.Postrouting, "stays", $"{ip} saddr . oifname @home accept", [.. home, Accept]),
        ]);
        if (four)
        {
            rules.Add(new(NftablesLayout.Postrouting, "by loopback", "ip saddr 127.0.0.0/8 oifname @bridges ct status dnat masquerade",
                [fromLoopback, loopback, .. To(NftablesSets.Bridges), .. Conntrack(NftConntrackKey.Status, StatusTranslated), new NftMasquerade()]));
        }

        rules.Add(new(NftablesLayout.Postrouting, "leaves", "iifname @masqueraded masquerade", [.. From(NftablesSets.Masqueraded), new NftMasquerade()]));
        return rules;
    }

    private static NftVerdict Accept => new(true);

    private static NftVerdict Drop => new(false);

    private static NftExpression[] From(string set) => [new NftMeta(NftMetaKey.InputName), new NftLookup(set)];

    private static NftExpression[] To(string set) => [new NftMeta(NftMetaKey.OutputName), new NftLookup(set)];

    private static NftExpression[] Conntrack(NftConntrackKey key, uint bits) =>
        [new NftConntrack(key), new NftAnd(BitConverter.GetBytes(bits)), new NftCompare(new byte[4], Not: true)];

    private static NftCompare Equals(uint value) => new(BitConverter.GetBytes(value));
}
