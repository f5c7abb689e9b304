using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.Bridges.NftablesFrames;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>The rules by which a container names only its own addresses in neighbour discovery (RFC 4861).</summary>
/// <remarks>Only messages pass whose addresses these rules can check: directly behind the IPv6 header, with one option or none. Hosts send
/// no others, except for secure neighbour discovery (RFC 3971).</remarks>
internal static class NftablesNeighbourRules
{
    private const byte RouterSolicitation = 133;
    private const byte Solicitation = 135;
    private const byte Advertisement = 136;
    private const byte Redirect = 137;
    private const int SourceLinkAddress = 0x0101; // option type and length in units of 8 bytes
    private const int TargetLinkAddress = 0x0201;
    private const int BareSolicitation = 8; // bytes, without option
    private const int BareNeighbour = 24;
    private const int OptionLength = 8;

    private static NftablesStatement IsNeighbour { get; } =
        NftablesField.IcmpV6Type.IsBetween("135-136", new[] { Solicitation }, new[] { Advertisement });

    private static NftablesStatement IsSolicitation { get; } = NftablesField.IcmpV6Type.Is("nd-neighbor-solicit", new[] { Solicitation });

    private static NftablesStatement IsAdvertisement { get; } = NftablesField.IcmpV6Type.Is("nd-neighbor-advert", new[] { Advertisement });

    private static NftablesStatement IsRouterSolicitation { get; } =
        NftablesField.IcmpV6Type.Is("nd-router-solicit", new[] { RouterSolicitation });

    private static NftablesStatement AnotherTarget { get; } =
        NotIn(NftablesBridgeSets.Targets, NftablesField.InputName, NftablesField.Bytes("@th,64,128", NftPayloadBase.Transport, 8, 16));

    // A host that checks whether an address is free sends from the unspecified address, and may add a nonce option (RFC 7527).
    private static NftablesStatement HasAddress { get; } = NftablesField.Source(FirewallFamily.IPv6).IsNot("::", new byte[16]);

    public static IEnumerable<NftablesRule> All =>
    [
        Arriving("hidden neighbour discovery", "Neighbour discovery behind another header would hide from these rules (RFC 6980).",
            FromGuarded,
            IsIcmpV6,
            BehindAnotherHeader,
            NftablesField.IcmpV6Type.IsBetween("133-137", new[] { RouterSolicitation }, new[] { Redirect }),
            Drop),
        Arriving("another target", "A container advertises its own addresses only.",
            FromGuarded,
            IsIcmpV6,
            IsAdvertisement,
            AnotherTarget,
            Drop),
        Arriving("probe of another target", "A probe makes another host give up an address that it is probing too.",
            FromGuarded, IsIcmpV6, NftablesUnspecifiedRules.HasNoAddress6, IsSolicitation, AnotherTarget, Drop),
        Arriving("more options", "A second option could hide another Ethernet address.",
            FromGuarded, IsIcmpV6, IsNeighbour, LengthIsNot(BareNeighbour), LengthIsNot(BareNeighbour + OptionLength), Drop),
        Arriving("more options to routers", "The same to routers.",
            FromGuarded, IsIcmpV6, IsRouterSolicitation, LengthIsNot(BareSolicitation), LengthIsNot(BareSolicitation + OptionLength), Drop),
        .. Option("solicitation", BareNeighbour, SourceLinkAddress, NftablesBridgeSets.NeighbourOptions, IsSolicitation, HasAddress),
        .. Option("advertisement", BareNeighbour, TargetLinkAddress, NftablesBridgeSets.NeighbourOptions, IsAdvertisement),
        .. Option("router solicitation", BareSolicitation, SourceLinkAddress, NftablesBridgeSets.RouterOptions, IsRouterSolicitation),
    ];

    private static IEnumerable<NftablesRule> Option(
        string message, int offset, int option, string set, params NftablesStatement[] conditions)
    {
        NftablesStatement which = NftablesFrames.All(
            [
                FromGuarded,
                IsIcmpV6,
                .. conditions,
                IPv6Length.Is($"{offset + OptionLength}", NetworkOrder((ushort)(offset + OptionLength))),
            ]);
        NftablesField kind = Transport(offset, 2);
        NftablesField address = Transport(offset + 2, 6);
        yield return Arriving(
            $"option of {message}",
            $"The option of a {message} says an Ethernet address and nothing else.",
            which,
            kind.IsNot($"0x{option:x4}", NetworkOrder((ushort)option)),
            Drop);
        yield return Arriving(
            $"link address in {message}",
            $"In a {message} a container says its own Ethernet address.",
            which,
            NotIn(set, NftablesField.InputName, address),
            Drop);
    }

    private static NftablesStatement LengthIsNot(int length) => IPv6Length.IsNot($"{length}", NetworkOrder((ushort)length));

    private static NftablesField Transport(int offset, int length) =>
        NftablesField.Bytes($"@th,{8 * offset},{8 * length}", NftPayloadBase.Transport, offset, length);
}
