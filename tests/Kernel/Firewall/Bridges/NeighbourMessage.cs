using System.Net;
using System.Net.NetworkInformation;

using PacketDotNet;
using PacketDotNet.Ndp;
using PacketDotNet.Utils;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>Builds ICMPv6 messages: an echo request and those of neighbour discovery (RFC 4861).</summary>
/// <remarks>The checksum is missing: it covers the addresses of the packet that a message is put into.</remarks>
internal static class NeighbourMessage
{
    private const int EchoLength = 8;
    private const int RouterSolicitationLength = 8;
    private const int RouterAdvertisementLength = 16;
    private const int NeighbourLength = 24;
    private const int RedirectLength = 40;
    private const int GroupReportLength = 28;

    /// <summary>An option that PacketDotNet has no class for (RFC 3971 5.3.2).</summary>
    public static byte[] Nonce { get; } = [14, 1, 1, 2, 3, 4, 5, 6];

    /// <summary>An echo request with identifier and sequence number 1.</summary>
    public static byte[] Ping()
    {
        byte[] message = New(IcmpV6Type.EchoRequest, EchoLength, []);
        message[5] = message[7] = 1;
        return message;
    }

    /// <summary>A multicast listener's report that it joins ff02::1:ff00:1 (RFC 3810 5.2): one record.</summary>
    public static byte[] GroupReport()
    {
        byte[] message = New((IcmpV6Type)143, GroupReportLength, []);
        message[7] = 1; // number of records
        message[8] = 4; // CHANGE_TO_EXCLUDE_MODE
        IPAddress.Parse("ff02::1:ff00:1").GetAddressBytes().CopyTo(message, 12);
        return message;
    }

    public static byte[] Solicitation(string target, params byte[][] options)
    {
        byte[] message = New(IcmpV6Type.NeighborSolicitation, NeighbourLength, options);
        _ = new NdpNeighborSolicitationPacket(new ByteArraySegment(message)) { TargetAddress = IPAddress.Parse(target) };
        return message;
    }

    public static byte[] Advertisement(string target, params byte[][] options)
    {
        byte[] message = New(IcmpV6Type.NeighborAdvertisement, NeighbourLength, options);
        _ = new NdpNeighborAdvertisementPacket(new ByteArraySegment(message)) { Override = true, TargetAddress = IPAddress.Parse(target) };
        return message;
    }

    public static byte[] RouterSolicitation(params byte[][] options) =>
        New(IcmpV6Type.RouterSolicitation, RouterSolicitationLength, options);

    public static byte[] RouterAdvertisement(params byte[][] options)
    {
        byte[] message = New(IcmpV6Type.RouterAdvertisement, RouterAdvertisementLength, options);
        _ = new NdpRouterAdvertisementPacket(new ByteArraySegment(message)) { CurrentHopLimit = 64, RouterLifetime = 1800 };
        return message;
    }

    public static byte[] Redirect(string target, string destination)
    {
        byte[] message = New(IcmpV6Type.RedirectMessage, RedirectLength, []);
        _ = new NdpRedirectMessagePacket(new ByteArraySegment(message))
        {
            TargetAddress = IPAddress.Parse(target),
            DestinationAddress = IPAddress.Parse(destination),
        };
        return message;
    }

    /// <summary>A link-layer address option.</summary>
    public static byte[] LinkOption(OptionTypes kind, string address)
    {
        byte[] option = new byte[8];
        _ = new NdpLinkLayerAddressOption(option, 0, option.Length)
        {
            Type = kind,
            Length = 1, // in units of 8 octets
            LinkLayerAddress = PhysicalAddress.Parse(address),
        };
        return option;
    }

    private static byte[] New(IcmpV6Type type, int length, byte[][] options)
    {
        byte[] message = [.. new byte[length], .. options.SelectMany(static option => option)];
        _ = new IcmpV6Packet(new ByteArraySegment(message)) { Type = type };
        return message;
    }
}
