using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Tests.TestKit;
using PacketDotNet;
using PacketDotNet.Utils;

namespace Net.Tests.Kernel.Firewall;

/// <summary>
/// A published SCTP port. Its packets are sent by raw sockets: a kernel that translates SCTP may have no sockets for it. What is in them is
/// written by hand, because PacketDotNet has no SCTP.
/// </summary>
public class SctpTests
{
    private const int Sctp = 132; // IPPROTO_SCTP
    private const int DestinationPort = 2; // where it is in the common header (RFC 9260 3.1)

    [KernelFact]
    public void An_association_to_a_published_port_begins_at_the_container_with_iptables() => Check("iptables");

    [KernelFact]
    public void An_association_to_a_published_port_begins_at_the_container_with_nftables() => Check("nftables");

    private static void Check(string name) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        IFirewallBackend backend = Rulesets.Open(name);
        FirewallPolicy[] ports =
        [
            FirewallTown.Port("0.0.0.0", 8080, protocol: PortProtocol.Sctp),
            FirewallTown.Port("::", 8080, "fd00:a::2", protocol: PortProtocol.Sctp),
        ];
        backend.Change(new FirewallChange([FirewallTown.A, .. ports], []));

        Assert.Equal(80, PortSeenInside(town, "192.0.2.1"));
        Assert.Equal(80, PortSeenInside(town, "2001:db8::1"));
        Assert.Null(PortSeenInside(town, "192.0.2.1", port: 8081));

        backend.Change(new FirewallChange([], ports));
        Assert.Null(PortSeenInside(town, "192.0.2.1"));
    });

    /// <summary>
    /// Sends an INIT from outside to the host, and gives the port that it has when it comes to the container; null when it does not.
    /// </summary>
    private static int? PortSeenInside(FirewallTown town, string address, ushort port = 8080)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), 0);
        using Socket container = town.Raw("a1", target.AddressFamily, Sctp);
        using Socket outside = town.Raw("out", target.AddressFamily, Sctp);
        outside.SendTo(Init(port), target);
        if (!container.Poll(TimeSpan.FromMilliseconds(400), SelectMode.SelectRead))
        {
            return null;
        }

        byte[] packet = new byte[256];
        packet = packet[..container.Receive(packet)];

        // A raw socket gives IPv4 packets with their header (raw(7)) and IPv6 packets without (RFC 3542 3).
        byte[] payload = target.AddressFamily == AddressFamily.InterNetwork
            ? new IPv4Packet(new ByteArraySegment(packet)).PayloadData
            : packet;
        return BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(DestinationPort));
    }

    /// <summary>
    /// An INIT chunk (RFC 9260 3.3.2) in a packet from a new port, with its CRC32c, which the kernel looks at before it tracks the packet.
    /// </summary>
    private static byte[] Init(ushort port)
    {
        byte[] packet = new byte[32];
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)Random.Shared.Next(20000, 60000));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(DestinationPort), port);
        packet[12] = 1; // INIT
        packet[15] = 20; // its length
        packet[19] = 1; // initiate tag
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(20), 65536); // receiver window
        packet[25] = packet[27] = 1; // streams
        packet[31] = 1; // first number
        uint checksum = uint.MaxValue;
        foreach (byte value in packet)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), ~checksum);
        return packet;
    }
}
