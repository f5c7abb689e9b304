using System.Net;

using Net.Netlink.Netfilter;
using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables;

/// <summary>The rules of address translation: destination NAT for published ports, source NAT for packets to the outside, and the guards
/// that go before them.</summary>
internal static class NftablesTranslationRules
{
    private const uint AddressTypeLocal = 2; // RTN_LOCAL
    private const int LinkLocalPrefixBytes = 16;

    /// <summary>The condition that the destination is one of the host's own addresses, so that forwarded packets are not
    /// translated.</summary>
    private static NftablesStatement ToHost { get; } =
        new("fib daddr type local", new NftDestinationType(), new NftCompare(BitConverter.GetBytes(AddressTypeLocal)));

    private static NftablesStatement FromBridge { get; } = In(NftablesSets.Bridges, NftablesField.InputName);

    private static NftablesStatement FromInternal { get; } = In(NftablesSets.Internal, NftablesField.InputName);

    /// <summary>The rules before connection tracking, which drop packets that must not arrive from another machine or a
    /// container.</summary>
    public static IEnumerable<NftablesRule> Guards(FirewallFamily family)
    {
        NftablesField[] service = [NftablesField.Destination(family), NftablesField.Transport, NftablesField.DestinationPort];
        NftablesStatement notByLoopback = NftablesField.InputName.IsNot("\"lo\"", Convert.FromHexString(NftablesKey.Of("lo")));
        yield return Rule(NftablesChains.Guard, "loopback port", "A port published on loopback is reached by the host only.",
            notByLoopback, In(NftablesSets.Loopback, service), Drop);
        yield return Rule(
            NftablesChains.Guard,
            "loopback ports",
            "The same for a run of ports.",
            notByLoopback,
            In(NftablesSets.LoopbackRanges, service),
            Drop);
        if (family == FirewallFamily.IPv4)
        {
            yield return Rule(
                NftablesChains.Guard, "to loopback", "The host's loopback stays closed to containers, though route_localnet is on.",
                FromBridge, IsLoopback("ip daddr", 16), Drop);
            yield return Rule(NftablesChains.Guard, "from loopback", "Nobody in a network passes for the host's loopback.",
                FromBridge, IsLoopback("ip saddr", 12), Drop);
            yield return Rule(
                NftablesChains.Guard,
                "internal to loopback",
                "Nor is it open to internal networks where another program has turned route_localnet on for all links.",
                FromInternal, IsLoopback("ip daddr", 16), Drop);
            yield return Rule(NftablesChains.Guard, "internal from loopback", "Nobody there passes for it either.",
                FromInternal, IsLoopback("ip saddr", 12), Drop);
        }
    }

    /// <summary>The destination NAT rules, for packets that come in and for those that the host sends to itself.</summary>
    public static IEnumerable<NftablesRule> Destination(FirewallFamily family) =>
        [.. DestinationIn(NftablesChains.Prerouting, family), .. DestinationIn(NftablesChains.Output, family)];

    /// <summary>The source NAT rules.</summary>
    public static IEnumerable<NftablesRule> Source(FirewallFamily family)
    {
        yield return Rule(
            NftablesChains.Postrouting,
            "back through the host",
            "A neighbour would answer a neighbour past the host, so the host's address stands in.",
            In(NftablesSets.Home, NftablesField.Source(family), NftablesField.OutputName), NftablesForwardRules.Translated, Masquerade);
        yield return Rule(
            NftablesChains.Postrouting,
            "back through the host from another network",
            "A container would answer the neighbours on its other networks past the host, so the host's address stands in.",
            In(NftablesSets.Hairpins, NftablesField.Source(family), NftablesField.Destination(family)),
            NftablesForwardRules.Translated,
            Masquerade);
        if (family == FirewallFamily.IPv4)
        {
            yield return Rule(
                NftablesChains.Postrouting,
                "by loopback",
                "No container can answer 127.0.0.1, so the host's address on the bridge stands in.",
                IsLoopback("ip saddr", 12), NftablesForwardRules.IntoBridge, NftablesForwardRules.Translated, Masquerade);
        }

        yield return Rule(
            NftablesChains.Postrouting, "stays", "What goes to a network of ours keeps its source address.",
            NftablesForwardRules.IntoBridge, Accept);
        yield return Rule(NftablesChains.Postrouting, "leaves as asked", "What leaves this network gets the address that was asked for.",
            Map($"snat {Word(family)}", NftablesSets.Sources, new NftSourceNat(Kernel(family), 0), NftablesField.InputName));
        yield return Rule(NftablesChains.Postrouting, "leaves", "What leaves this network gets the address of the link it leaves by.",
            In(NftablesSets.Masqueraded, NftablesField.InputName), Masquerade);
    }

    private static IEnumerable<NftablesRule> DestinationIn(string chain, FirewallFamily family)
    {
        NftablesField address = NftablesField.Destination(family);
        NftablesField[] service = [NftablesField.Transport, NftablesField.DestinationPort];
        if (family == FirewallFamily.IPv6)
        {
            yield return Rule(
                chain,
                "from link-local",
                "An address that counts on one link only could not be answered from another.",
                FromLinkLocal,
                Accept);
            if (chain == NftablesChains.Output)
            {
                yield return Rule(chain, "to ::1", "The kernel does not route from ::1; the daemon forwards what goes there.",
                    address.Is("::1", IPAddress.IPv6Loopback.GetAddressBytes()), Accept);
            }
        }

        yield return Rule(chain, "port on one address", "A port published on one address of the host goes to its container.",
            ToHost, To(family, NftablesSets.Published, keepsPort: false, [address, .. service]));
        yield return Rule(chain, "ports on one address", "The same for a run of ports, whose numbers stay.",
            ToHost, To(family, NftablesSets.PublishedRanges, keepsPort: true, [address, .. service]));
        yield return Rule(chain, "port on all addresses", "A port published on all addresses of the host goes to its container.",
            ToHost, To(family, NftablesSets.PublishedAny, keepsPort: false, service));
        yield return Rule(chain, "ports on all addresses", "The same for a run of ports, whose numbers stay.",
            ToHost, To(family, NftablesSets.PublishedAnyRanges, keepsPort: true, service));
    }

    private static NftablesStatement To(FirewallFamily family, string map, bool keepsPort, NftablesField[] key)
    {
        int port = family == FirewallFamily.IPv4 ? 1 : 4; // the slot after the address
        return Map($"dnat {Word(family)}", map, new NftDestinationNat(Kernel(family), 0, keepsPort ? null : port), key);
    }

    private static NftablesStatement FromLinkLocal { get; } = new(
        "ip6 saddr fe80::/10",
        NftablesField.Source(FirewallFamily.IPv6).Load(0),
        new NftAnd(Padded(0xFF, 0xC0)),
        new NftCompare(Padded(0xFE, 0x80)));

    private static NftablesStatement IsLoopback(string field, int offset) =>
        NftablesField.Bytes(field, NftPayloadBase.Network, offset, 1).Is("127.0.0.0/8", new byte[] { 127 });

    private static byte[] Padded(byte first, byte second) => [first, second, .. new byte[LinkLocalPrefixBytes - 2]];

    private static string Word(FirewallFamily family) => family == FirewallFamily.IPv4 ? "ip" : "ip6";

    private static NetfilterFamily Kernel(FirewallFamily family) =>
        family == FirewallFamily.IPv4 ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6;

    private static NftablesRule Rule(string chain, string purpose, string why, params NftablesStatement[] parts) =>
        NftablesRule.Of(chain, purpose, why, parts);
}
