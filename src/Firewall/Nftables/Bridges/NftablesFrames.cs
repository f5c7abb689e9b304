using System.Buffers.Binary;

using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.NftablesStatement;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>Conditions on a frame that several rules of the bridge table share.</summary>
internal static class NftablesFrames
{
    private const byte Icmp = 1;
    private const byte IcmpV6 = 58;
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeArp = 0x0806;
    private const ushort EtherTypeIPv6 = 0x86DD;

    /// <summary>The frame comes from a container.</summary>
    public static NftablesStatement FromPort { get; } = In(NftablesBridgeSets.Ports, NftablesField.InputName);

    /// <summary>The frame comes from a container with anti-spoofing.</summary>
    public static NftablesStatement FromGuarded { get; } = In(NftablesBridgeSets.Guarded, NftablesField.InputName);

    /// <summary>The frame comes from a container without inter-container communication.</summary>
    public static NftablesStatement FromClosed { get; } = In(NftablesBridgeSets.Closed, NftablesField.InputName);

    public static NftablesStatement IsArp { get; } = NftablesField.EtherType.Is("arp", NetworkOrder(EtherTypeArp));

    public static NftablesStatement IsIPv4 { get; } = NftablesField.EtherType.Is("ip", NetworkOrder(EtherTypeIPv4));

    public static NftablesStatement IsIPv6 { get; } = NftablesField.EtherType.Is("ip6", NetworkOrder(EtherTypeIPv6));

    /// <summary>The frame is ICMP over IPv4.</summary>
    public static NftablesStatement IsIcmp { get; } = All(IsIPv4, NftablesField.Transport.Is("icmp", new[] { Icmp }));

    /// <summary>The frame is ICMPv6, behind any extension headers.</summary>
    public static NftablesStatement IsIcmpV6 { get; } = All(IsIPv6, NftablesField.Transport.Is("ipv6-icmp", new[] { IcmpV6 }));

    /// <summary>The ICMPv6 header does not directly follow the IPv6 header.</summary>
    public static NftablesStatement BehindAnotherHeader { get; } =
        NftablesField.Bytes("ip6 nexthdr", NftPayloadBase.Network, 6, 1).IsNot("ipv6-icmp", new[] { IcmpV6 });

    /// <summary>The length of what follows the IPv6 header.</summary>
    public static NftablesField IPv6Length { get; } = NftablesField.Bytes("ip6 length", NftPayloadBase.Network, 4, 2);

    /// <summary>All of several conditions.</summary>
    public static NftablesStatement All(params NftablesStatement[] parts) =>
        new(string.Join(' ', parts.Select(part => part.Text)), [.. parts.SelectMany(part => part.Expressions)]);

    /// <summary>The bytes of a number in network order.</summary>
    public static byte[] NetworkOrder(ushort number)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>A rule of the chain that sees frames as containers send them.</summary>
    public static NftablesRule Arriving(string purpose, string why, params NftablesStatement[] parts) =>
        NftablesRule.Of(NftablesChains.Prerouting, purpose, why, parts);
}
