using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesPart;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>No container plays the router of its network, whatever it may otherwise do (RFC 6105).</summary>
internal static class NftablesRouterRules
{
    private const byte RouterAdvertisement = 134;
    private const byte RedirectV6 = 137;
    private const byte Redirect = 5;

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("router advertisement", "A container that advertises a router would get its neighbours' traffic.",
            FromPort, IsIcmpV6, NftablesField.IcmpV6Type.Is("nd-router-advert", new[] { RouterAdvertisement }), Drop),
        Arriving("redirect by IPv6", "A container that redirects would get its neighbours' traffic.",
            FromPort, IsIcmpV6, NftablesField.IcmpV6Type.Is("nd-redirect", new[] { RedirectV6 }), Drop),
        Arriving("redirect", "The same by IPv4.",
            FromPort, IsIcmp, NftablesField.Bytes("icmp type", NftPayloadBase.Transport, 0, 1).Is("redirect", new[] { Redirect }), Drop),
    ];
}
