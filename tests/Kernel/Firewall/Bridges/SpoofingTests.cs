using System.Diagnostics;
using System.Net;
using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;
using PacketDotNet;
using static Net.Tests.Kernel.Firewall.Bridges.Frame;
using static Net.Tests.Kernel.Firewall.Bridges.NeighbourMessage;
using static Net.Tests.Kernel.Firewall.Bridges.Segment;
using static Net.Tests.Kernel.Firewall.Bridges.SentFrames;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>What a container can make its neighbour on the same bridge believe: frame by frame, with frames of its own making.</summary>
public class SpoofingTests
{
    [KernelFact]
    public void A_container_speaks_as_itself_only() => HostNamespace.Run(host => Check(host, 0));

    [KernelFact]
    public void A_container_speaks_as_itself_only_when_bridged_packets_pass_iptables() => HostNamespace.Run(host => Check(host, 1));

    [KernelFact]
    public void An_address_on_another_network_may_be_sent_from_and_not_claimed() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        (string Name, byte[] Frame)[] sent =
        [
            ("a datagram", IPv4(Mac(2), Mac(1), "172.19.0.2", Address(2), Datagram("x"))),
            ("a datagram by IPv6", IPv6(Mac(2), Mac(1), "fd00:b::2", Address6(2), Datagram("x"))),
        ];
        (string Name, byte[] Frame)[] claims =
        [
            ("an answer", Arp(Mac(1), ArpOperation.Response, Mac(1), "172.19.0.2", Address(2))),
            ("a probe", Arp(Mac(1), ArpOperation.Request, Mac(1), "0.0.0.0", "172.19.0.2")),
            ("an advertisement", IPv6(AllNodes, Mac(1), LinkLocal(1), "ff02::1", Advertisement("fd00:b::2", LinkOption(Target, Mac(1))))),
            ("a probe by IPv6", IPv6("33:33:ff:00:00:02", Mac(1), "::", "ff02::1:ff00:2", Solicitation("fd00:b::2"))),
        ];
        SourcePolicy[] sources =
        [
            .. new[] { "172.19.0.2", "fd00:b::2" }.Select(address =>
                new SourcePolicy { Owner = Endpoint(1).Owner, HostLink = "v-c1", Address = IPAddress.Parse(address) }),
        ];
        backend.Change(new FirewallChange([Endpoint(1), Endpoint(2)], []));
        Assert.Equal([.. sent.Concat(claims).Select(entry => entry.Name)], Stopped(segment, [.. sent, .. claims]));
        backend.Change(new FirewallChange(sources, []));
        Assert.Equal(claims.Select(entry => entry.Name), Stopped(segment, [.. sent, .. claims]));
    });

    [KernelFact]
    public void The_bridge_learns_no_other_address_from_frames_for_bridges() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        segment.Send(Ethernet("01:80:c2:00:00:02", Mac(7), 0x8809, new byte[46]));
        segment.Arrive([]);
        Assert.Contains($"{Mac(7)} dev v-c1", Command.Run($"bridge fdb show br {Bridge}"), StringComparison.Ordinal);
        backend.Change(new FirewallChange([Endpoint(1)], []));
        segment.Send(Ethernet("01:80:c2:00:00:02", Mac(8), 0x8809, new byte[46]));
        segment.Arrive([]);
        Assert.DoesNotContain(Mac(8), Command.Run($"bridge fdb show br {Bridge}"), StringComparison.Ordinal);
    });

    [KernelFact]
    public void Groups_are_joined_as_before() => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, 0);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        backend.Change(new FirewallChange([Endpoint(1), Endpoint(2)], []));
        const string Join =
            """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(0, 35, socket.inet_aton('239.1.2.3') + socket.inet_aton('172.18.0.2'))
            t = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            t.setsockopt(41, 20, socket.inet_pton(socket.AF_INET6, 'ff05::123') + bytes([0, 0, 0, 0]))
            sys.stdin.read()
            """;

        // It stays in the groups until its input ends: reports are sent after a random delay, and none when it has left before.
        string[] command = ["netns", "exec", "c1", "python3", "-c", Join];
        using Process member = Process.Start(new ProcessStartInfo("ip", command) { RedirectStandardInput = true })!;
        long deadline = Environment.TickCount64 + 15_000;
        string groups = "";
        while (!(groups.Contains("239.1.2.3", StringComparison.Ordinal) && groups.Contains("ff05::123", StringComparison.Ordinal)))
        {
            Assert.True(Environment.TickCount64 < deadline, $"the bridge hears of no groups: {groups}");
            groups = Command.Run("bridge mdb show");
        }

        member.StandardInput.Close();
        member.WaitForExit();
    });

    private static void Check(HostNamespace host, int bridgeNetfilter)
    {
        using var segment = new Segment(host, bridgeNetfilter);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        (string Name, byte[] Frame)[] all = [.. Honest, .. Dishonest, .. Routers];
        Assert.Equal("", string.Join("; ", Stopped(segment, all)));

        EndpointPolicy loose = Endpoint(1) with { AntiSpoof = false };
        backend.Change(new FirewallChange([loose, Endpoint(2)], []));
        Assert.Equal(Routers.Select(entry => entry.Name), Stopped(segment, all));

        backend.Change(new FirewallChange([Endpoint(1)], [loose]));
        Assert.Equal([.. Dishonest.Select(entry => entry.Name), .. Routers.Select(entry => entry.Name)], Stopped(segment, all));
    }

    private static string[] Stopped(Segment segment, (string Name, byte[] Frame)[] frames)
    {
        bool[] arrived = segment.Arrive([.. frames.Select(entry => entry.Frame)]);
        return [.. frames.Where((_, i) => !arrived[i]).Select(entry => entry.Name)];
    }
}
