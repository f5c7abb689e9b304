using System.Net;
using System.Net.NetworkInformation;
using System.Text;

using PacketDotNet;
using PacketDotNet.Utils;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>Builds Ethernet frames, honest and dishonest ones, with valid lengths and checksums; a malformed frame says so.</summary>
/// <remarks>
/// PacketDotNet reads IPv6 extension headers and neighbour discovery, and writes their fields, but does not put packets together that
/// contain them: such a part is written with its class and put into the packet as bytes.
/// </remarks>
internal static class Frame
{
    private const int ExtensionHeaderLength = 8; // octets of the shortest extension header (RFC 8200 4.2)

    public static byte[] Ethernet(string destination, string source, ushort type, params byte[] payload) =>
        Ethernet(destination, source, (EthernetType)type, payload).Bytes;

    /// <summary>The same frame with a tag after its addresses.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="vlan">The VLAN identifier; 0 in a priority tag.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="type">The tag's type: that of IEEE 802.1Q, or <see cref="EthernetType.ProviderBridging"/> for a service tag.</param>
    public static byte[] Tagged(
        byte[] frame,
        ushort vlan = 0,
        IeeeP8021PPriority priority = IeeeP8021PPriority.BestEffort,
        EthernetType type = EthernetType.VLanTaggedFrame)
    {
        EthernetPacket untagged = Parse(frame);
        var tag = new Ieee8021QPacket(new ByteArraySegment(new byte[Ieee8021QFields.HeaderLength]))
        {
            PayloadData = frame[EthernetFields.HeaderLength..], // before the type, by which the payload would be parsed
            PriorityControlPoint = priority,
            VlanIdentifier = vlan,
            Type = untagged.Type,
        };
        return Ethernet(untagged, type, tag.Bytes);
    }

    /// <summary>
    /// A frame without its outer tag, as a packet socket shows it: the kernel keeps that tag beside the frame (packet(7), PACKET_AUXDATA).
    /// </summary>
    public static byte[] WithoutOuterTag(byte[] frame)
    {
        EthernetPacket tagged = Parse(frame);
        if (tagged.Type is not (EthernetType.VLanTaggedFrame or EthernetType.ProviderBridging))
        {
            return frame;
        }

        byte[] tag = frame[EthernetFields.HeaderLength..];
        return Ethernet(tagged, new Ieee8021QPacket(new ByteArraySegment(tag)).Type, tag[Ieee8021QFields.HeaderLength..]);
    }

    /// <summary>What a frame says, for a person; its bytes where it is malformed.</summary>
    public static string Describe(byte[] frame)
    {
        try
        {
            return Parse(frame).ToString();
        }
        catch (IndexOutOfRangeException)
        {
            return Convert.ToHexString(frame);
        }
    }

    /// <summary>Reads a frame. What PacketDotNet writes through the result, it writes into these bytes.</summary>
    public static EthernetPacket Parse(byte[] frame) => (EthernetPacket)Packet.ParsePacket(LinkLayers.Ethernet, frame);

    public static byte[] Arp(
        string frameSource,
        ArpOperation operation,
        string sender,
        string senderAddress,
        string target,
        LinkLayers hardware = LinkLayers.Ethernet)
    {
        PhysicalAddress unknown = PhysicalAddress.Parse("00:00:00:00:00:00");
        PhysicalAddress from = PhysicalAddress.Parse(sender);
        var packet = new ArpPacket(operation, unknown, IPAddress.Parse(target), from, IPAddress.Parse(senderAddress))
        {
            HardwareAddressType = hardware,
        };
        return Ethernet("ff:ff:ff:ff:ff:ff", frameSource, EthernetType.Arp, packet.Bytes).Bytes;
    }

    public static byte[] IPv4(string to, string from, string source, string destination, TransportPacket payload) =>
        IPv4(to, from, source, destination, payload is TcpPacket ? ProtocolType.Tcp : ProtocolType.Udp, payload.Bytes);

    public static byte[] IPv4(string to, string from, string source, string destination, IcmpV4Packet payload) =>
        IPv4(to, from, source, destination, ProtocolType.Icmp, payload.Bytes);

    public static byte[] IPv6(string to, string from, string source, string destination, TransportPacket payload) =>
        Summed(IPv6(to, from, source, destination, payload is TcpPacket ? ProtocolType.Tcp : ProtocolType.Udp, payload.Bytes));

    /// <summary>An ICMPv6 message in a frame.</summary>
    public static byte[] IPv6(string to, string from, string source, string destination, byte[] message) =>
        Summed(IPv6(to, from, source, destination, ProtocolType.IcmpV6, message));

    /// <summary>The same IPv4 packet as a fragment that is not its first.</summary>
    public static byte[] LaterFragment(byte[] frame)
    {
        byte[] fragment = [.. frame];
        Parse(fragment).Extract<IPv4Packet>().FragmentOffset = 1; // in units of 8 octets
        return Summed(fragment);
    }

    /// <summary>A UDP datagram from port 7000 to 7000.</summary>
    public static UdpPacket Datagram(string text) => Datagram(7000, 7000, Encoding.ASCII.GetBytes(text));

    public static UdpPacket Datagram(ushort from, ushort to, byte[] payload) => new(from, to) { PayloadData = payload };

    /// <summary>A TCP segment with SYN, or with SYN and ACK.</summary>
    public static TcpPacket TcpSegment(ushort from, ushort to, bool acknowledges = false) =>
        new(from, to) { Synchronize = true, Acknowledgment = acknowledges };

    /// <summary>An ICMP message without data.</summary>
    public static IcmpV4Packet Icmp(IcmpV4TypeCode typeAndCode, ushort sequence = 0) =>
        new(new ByteArraySegment(new byte[IcmpV4Fields.HeaderLength])) { TypeCode = typeAndCode, Sequence = sequence };

    /// <summary>An ICMPv6 message behind a header of options.</summary>
    public static byte[] BehindOptions(string to, string from, string source, string destination, byte[] message)
    {
        byte[] header = [0, 0, 1, 4, 0, 0, 0, 0]; // PadN over the whole (RFC 8200 4.2)
        _ = new IPv6ExtensionHeader(ProtocolType.IPv6DestinationOptions, new ByteArraySegment(header)) { NextHeader = ProtocolType.IcmpV6 };
        return Summed(IPv6(to, from, source, destination, ProtocolType.IPv6DestinationOptions, [.. header, .. message]));
    }

    /// <summary>An ICMPv6 message behind a hop-by-hop header, as multicast listeners send theirs.</summary>
    public static byte[] BehindHopByHop(string to, string from, string source, string destination, byte[] message)
    {
        byte[] header = [0, 0, 5, 2, 0, 0, 1, 0]; // Router Alert for MLD (RFC 2711), PadN
        _ = new IPv6ExtensionHeader(ProtocolType.IPv6HopByHopOptions, new ByteArraySegment(header)) { NextHeader = ProtocolType.IcmpV6 };
        return Summed(IPv6(to, from, source, destination, ProtocolType.IPv6HopByHopOptions, [.. header, .. message]));
    }

    /// <summary>An ICMPv6 message as the only fragment of its packet.</summary>
    public static byte[] Fragmented(string to, string from, string source, string destination, byte[] message) =>
        Summed(IPv6(to, from, source, destination, ProtocolType.IPv6FragmentHeader, [.. FragmentHeader(0), .. message]));

    /// <summary>A fragment of an ICMPv6 message that is not its first.</summary>
    /// <param name="to">The frame's destination.</param>
    /// <param name="from">The frame's source.</param>
    /// <param name="source">The packet's source.</param>
    /// <param name="destination">The packet's destination.</param>
    /// <param name="offset">Where the data stands in the message, in units of 8 octets.</param>
    /// <param name="data">A part of the message.</param>
    public static byte[] LaterFragment(string to, string from, string source, string destination, int offset, byte[] data) =>
        IPv6(to, from, source, destination, ProtocolType.IPv6FragmentHeader, [.. FragmentHeader(offset), .. data]);

    /// <summary>
    /// A first fragment that ends within its headers: malformed on purpose (RFC 7112), so its headers are written by hand.
    /// </summary>
    public static byte[] CutInHeaders(string to, string from, string source, string destination) =>
        IPv6(to, from, source, destination, ProtocolType.IPv6FragmentHeader, [60, 0, 0, 1, 0, 0, 0, 1, 58, 9, 1, 4, 0, 0, 0, 0]);

    private static byte[] IPv4(string to, string from, string source, string destination, ProtocolType protocol, byte[] payload)
    {
        var packet = new IPv4Packet(IPAddress.Parse(source), IPAddress.Parse(destination))
        {
            Id = 1,
            TimeToLive = 64,
            Protocol = protocol,
            PayloadData = payload,
        };
        return Summed(Ethernet(to, from, EthernetType.IPv4, packet.Bytes).Bytes);
    }

    private static byte[] IPv6(string to, string from, string source, string destination, ProtocolType next, byte[] payload)
    {
        var packet = new IPv6Packet(IPAddress.Parse(source), IPAddress.Parse(destination))
        {
            HopLimit = 255,
            NextHeader = next,
            PayloadData = payload,
            PayloadLength = (ushort)payload.Length,
        };
        return Ethernet(to, from, EthernetType.IPv6, packet.Bytes).Bytes;
    }

    private static EthernetPacket Ethernet(string to, string from, EthernetType type, byte[] payload) =>
        new(PhysicalAddress.Parse(from), PhysicalAddress.Parse(to), type) { PayloadData = payload };

    private static byte[] Ethernet(EthernetPacket addresses, EthernetType type, byte[] payload) =>
        new EthernetPacket(addresses.SourceHardwareAddress, addresses.DestinationHardwareAddress, type) { PayloadData = payload }.Bytes;

    private static byte[] FragmentHeader(int offset)
    {
        byte[] header = new byte[ExtensionHeaderLength];
        header[^1] = 1; // identification
        _ = new IPv6FragmentationExtensionHeader(ProtocolType.IPv6FragmentHeader, new ByteArraySegment(header))
        {
            NextHeader = ProtocolType.IcmpV6,
            FragmentOffset = offset,
        };
        return header;
    }

    /// <summary>Writes the checksums of all layers into a frame.</summary>
    private static byte[] Summed(byte[] frame)
    {
        EthernetPacket packet = Parse(frame);
        packet.Extract<IPv4Packet>()?.UpdateIPChecksum();
        packet.Extract<IcmpV4Packet>()?.UpdateIcmpChecksum();
        packet.Extract<IcmpV6Packet>()?.UpdateIcmpChecksum();
        packet.Extract<UdpPacket>()?.UpdateUdpChecksum();
        packet.Extract<TcpPacket>()?.UpdateTcpChecksum();
        return frame;
    }
}
