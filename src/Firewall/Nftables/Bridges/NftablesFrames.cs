using System.Buffers.Binary;

using Net.Netlink.Nftables.Expressions;
using static Net.Firewall.Nftables.NftablesPart;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>Conditions on a frame that the rules of a bridge share.</summary>
internal static class NftablesFrames
{
    private const byte Icmp = 1;
    private const byte IcmpV6 = 58;
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeArp = 0x0806;
    private const ushort EtherTypeIPv6 = 0x86DD;

    /// <summary>From a container.</summary>
    public static NftablesPart FromPort { get; } = In(NftablesBridgeSets.Ports, NftablesField.InputName);

    /// <summary>From a container that may speak with its own addresses only.</summary>
    public static NftablesPart FromGuarded { get; } = In(NftablesBridgeSets.Guarded, NftablesField.InputName);

    /// <summary>From a container without inter-container communication.</summary>
    public static NftablesPart FromClosed { get; } = In(NftablesBridgeSets.Closed, NftablesField.InputName);

    public static NftablesPart IsArp { get; } = NftablesField.EtherType.Is("arp", NetworkOrder(EtherTypeArp));

    public static NftablesPart IsIPv4 { get; } = NftablesField.EtherType.Is("ip", NetworkOrder(EtherTypeIPv4));

    public static NftablesPart IsIPv6 { get; } = NftablesField.EtherType.Is("ip6", NetworkOrder(EtherTypeIPv6));

    /// <summary>ICMP by IPv4.</summary>
    public static NftablesPart IsIcmp { get; } = All(IsIPv4, NftablesField.Transport.Is("icmp", new[] { Icmp }));

    /// <summary>ICMP by IPv6, behind whatever extension headers.</summary>
    public static NftablesPart IsIcmpV6 { get; } = All(IsIPv6, NftablesField.Transport.Is("ipv6-icmp", new[] { IcmpV6 }));

    /// <summary>Not directly behind the IPv6 header.</summary>
    public static NftablesPart BehindAnotherHeader { get; } =
        NftablesField.Bytes("ip6 nexthdr", NftPayloadBase.Network, 6, 1).IsNot("ipv6-icmp", new[] { IcmpV6 });

    /// <summary>The length of what follows the IPv6 header.</summary>
    public static NftablesField IPv6Length { get; } = NftablesField.Bytes("ip6 length", NftPayloadBase.Network, 4, 2);

    /// <summary>Several conditions in a row.</summary>
    public static NftablesPart All(params NftablesPart[] parts) =>
        new(string.Join(' ', parts.Select(part => part.Text)), [.. parts.SelectMany(part => part.Expressions)]);

    /// <summary>A number as it is on the wire.</summary>
    public static byte[] NetworkOrder(ushort number)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>A rule of the chain that sees frames as containers send them.</summary>
    public static NftablesRule Arriving(string purpose, string why, params NftablesPart[] parts) =>
        NftablesRule.Of(NftablesChains.Prerouting, purpose, why, parts);
}
