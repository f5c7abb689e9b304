using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules by which no container acts as the router of its network, with or without anti-spoofing (RFC 6105), and the host,
/// which is the router, sends no redirects.</summary>
internal static class NftablesRouterRules
{
    private const byte RouterAdvertisement = 134;
    private const byte RedirectV6 = 137;
    private const byte Redirect = 5;

    private static NftablesStatement IsRedirect { get; } =
        NftablesFrames.All(IsIcmp, NftablesField.Bytes("icmp type", NftPayloadBase.Transport, 0, 1).Is("redirect", new[] { Redirect }));

    private static NftablesStatement IsRedirectV6 { get; } =
        NftablesFrames.All(IsIcmpV6, NftablesField.IcmpV6Type.Is("nd-redirect", new[] { RedirectV6 }));

    private static NftablesStatement ToPort { get; } = In(NftablesBridgeSets.Ports, NftablesField.OutputName);

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("router advertisement", "A container that advertises a router would get its neighbours' traffic.",
            FromPort, IsIcmpV6, NftablesField.IcmpV6Type.Is("nd-router-advert", new[] { RouterAdvertisement }), Drop),
        Arriving("redirect by IPv6", "A container that redirects would get its neighbours' traffic.",
            FromPort, IsRedirectV6, Drop),
        Arriving("redirect", "The same by IPv4.",
            FromPort, IsRedirect, Drop),

        // The bridge's sysctl send_redirects takes effect only where that of all links is off, and IPv6 has no such setting.
        Leaving(
            "redirect of the host by IPv6", "The host tells no container of a shorter way, past its rules.", ToPort, IsRedirectV6, Drop),
        Leaving("redirect of the host", "The same by IPv4.", ToPort, IsRedirect, Drop),
    ];

    private static NftablesRule Leaving(string purpose, string why, params NftablesStatement[] parts) =>
        NftablesRule.Of(NftablesChains.Output, purpose, why, parts);
}
