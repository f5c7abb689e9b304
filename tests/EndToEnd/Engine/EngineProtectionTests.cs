using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.Kernel.Firewall.Bridges;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>What containers of Docker Engine on networks of ours cannot do to each other and to the host.</summary>
public sealed class EngineProtectionTests(EngineTown town) : IClassFixture<EngineTown>, IDisposable
{
    // A router advertisement (RFC 4861 4.2) that makes the sender a default router for half an hour.
    private const string Advertise =
        """
        import socket
        s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        s.sendto(bytes([134, 0, 0, 0, 64, 0, 1800 >> 8, 1800 & 255] + [0] * 8), ("ff02::1", 0, 0, socket.if_nametoindex("eth0")))
        """;

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_speaks_as_itself_only_frame_by_frame()
    {
        Pair();
        using FrameSocket sender = Open("a1");
        using FrameSocket receiver = Open("b1");
        Assert.Equal([], Stopped(sender, receiver, SentFrames.Honest));
        Assert.Equal(
            [.. SentFrames.Dishonest.Concat(SentFrames.Routers).Select(entry => entry.Name)],
            Stopped(sender, receiver, [.. SentFrames.Dishonest, .. SentFrames.Routers]));
    }

    [ProgramFact(DockerDaemon.Program)]
    public void An_address_that_a_container_gives_itself_reaches_nobody()
    {
        Pair();
        town.Serve("host", "tcp", 7070);
        town.In("a1", "ip address add 172.18.0.1/32 dev lo");
        town.In("a1", "ip address add 172.18.0.9/24 dev eth0");
        town.In("a1", "ip address add fd00:a::9/64 dev eth0 nodad");
        Assert.Equal(0, town.Try("b1", "ping", "-c1", "-w10", Segment.Address(1)).ExitCode);
        Assert.NotEqual(0, town.Try("b1", "ping", "-c1", "-W1", "172.18.0.9").ExitCode);
        Assert.NotEqual(0, town.Try("b1", "ping", "-c1", "-W1", "fd00:a::9").ExitCode);
        Assert.NotEqual(0, town.Try("a1", "ping", "-c1", "-W1", "-I", "172.18.0.9", Segment.Address(2)).ExitCode);
        Assert.NotEqual(0, town.Host.Run("ping", "-c1", "-W1", "172.18.0.9").ExitCode);

        // Another Ethernet address cuts it off, and moves nothing that is another's to it.
        town.In("a1", $"ip link set eth0 address {Segment.Mac(2)}");
        Assert.NotEqual(0, town.Try("a1", "ping", "-c1", "-W1", Segment.Address(2)).ExitCode);
        town.Serve("b1", "tcp", 80);
        town.AssertReach(
            """
                                       host  b1
            tcp 172.18.0.3:80    b1    own   own
            tcp 172.18.0.1:7070  host  own   own
            """);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_cannot_make_itself_a_router()
    {
        Pair();
        town.In("a1", $"python3 -c '{Advertise}'");
        using FrameSocket sender = Open("a1");
        using FrameSocket receiver = Open("b1");
        Assert.Equal([], Stopped(sender, receiver, SentFrames.Honest[..1])); // all that came before it has arrived by now
        Assert.Equal("", town.Host.Shell("ip -6 route show default"));
        Assert.DoesNotContain("proto ra", town.In("b1", "ip -6 route"), StringComparison.Ordinal);
        Assert.Contains("via fd00:a::1", town.In("b1", "ip -6 route show default"), StringComparison.Ordinal);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Networks_do_not_reach_each_other_by_way_of_the_host()
    {
        town.Network("one", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Network("two", "--ipv6", "--subnet", "172.31.0.0/24", "--subnet", "fd00:31::/64");
        town.Network("inside", "--internal", "--subnet", "172.29.0.0/24");
        town.Host.NetctlOk("network", "create", "--subnet", "172.27.0.0/24", "own");
        town.Host.NetctlOk("create", "--name", "own1", "--network", "own");
        town.Container("a1", "--network", "one", "-p", "8080:80", "-p", "127.0.0.1:8081:80");
        town.Container("b1", "--network", "two");
        town.Container("i1", "--network", "inside");
        foreach (string place in (string[])["a1", "b1", "i1"])
        {
            town.Serve(place, "tcp", 80);
        }

        town.EnterOwn("own1");
        town.Serve("own1", "tcp", 80);
        town.In("i1", "ip route add default via 172.29.0.1");
        town.AssertReach(
            """
                                       out  a1   b1   i1   own1
            tcp 172.30.0.2:80    a1    no   own  no   no   no
            tcp [fd00:30::2]:80  a1    no   own  no   no   no
            tcp 172.31.0.2:80    b1    no   no   own  no   no
            tcp 172.29.0.2:80    i1    no   no   no   own  no
            tcp 172.27.0.2:80    own1  no   no   no   no   own
            tcp 192.0.2.1:8080   a1    own  nat  own  no   own   # by a published port
            tcp 127.0.0.1:8081   a1    no   no   no   no   no    # published on the host's loopback
            tcp 192.0.2.1:8081   a1    no   no   no   no   no
            """);
        town.Host.NetctlOk("rm", "-f", "own1");
        town.Host.NetctlOk("network", "rm", "own");
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Containers_on_the_Engines_own_networks_do_not_reach_ours()
    {
        town.Network("one", "--ipv6", "--subnet", "172.30.0.0/24", "--subnet", "fd00:30::/64");
        town.Network("inside", "--internal", "--subnet", "172.29.0.0/24");
        town.Container("a1", "--network", "one", "-p", "8080:80");
        town.Container("i1", "--network", "inside");

        // A network of the Engine's comes later, so that its rules come to the top of FORWARD.
        town.Ok("network", "create", "-d", "bridge", "--subnet", "172.28.0.0/24", "theirs");
        town.Ok("network", "create", "-d", "bridge", "--internal", "--subnet", "172.27.0.0/24", "closed");
        town.Container("t1", "--network", "theirs", "-p", "8090:80");
        town.Container("c1", "--network", "closed");
        TestHost.Eventually("what the Engine accepts comes after our jumps", () =>
        {
            string rules = town.Host.Shell("iptables -S FORWARD");
            return rules.IndexOf("-j NETCTL-OUT", StringComparison.Ordinal) < rules.IndexOf("-j ACCEPT", StringComparison.Ordinal);
        });
        foreach (string place in (string[])["a1", "i1", "t1", "c1"])
        {
            town.Serve(place, "tcp", 80);
        }

        town.In("i1", "ip route add default via 172.29.0.1");
        town.AssertReach(
            """
                                out  a1   i1   t1   c1
            tcp 172.30.0.2:80   a1   no   own  no   no   no
            tcp 172.29.0.2:80   i1   no   no   own  no   no
            tcp 172.27.0.2:80   c1   no   no   no   no   own
            tcp 192.0.2.1:8080  a1   own  nat  no   nat  no
            tcp 192.0.2.1:8090  t1   own  nat  no   nat  no
            """);

        // The rules of administrators are where Docker's documentation tells them to be, and hold for our networks, too.
        town.Host.Shell("iptables -I DOCKER-USER -s 192.0.2.2 -d 172.30.0.2 -j DROP");
        town.AssertReach(
            """
                                out  a1   t1
            tcp 192.0.2.1:8080  a1   no   nat  nat
            tcp 192.0.2.1:8090  t1   own  nat  nat
            """);
        town.Host.Shell("iptables -D DOCKER-USER -s 192.0.2.2 -d 172.30.0.2 -j DROP");
        Assert.DoesNotContain("cannot be put back", town.Host.DaemonLog, StringComparison.Ordinal);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Anti_spoofing_can_be_turned_off_for_a_network()
    {
        Pair("-o", "netctl.antispoof=false");
        using FrameSocket sender = Open("a1");
        using FrameSocket receiver = Open("b1");
        Assert.Equal(
            [.. SentFrames.Routers.Select(entry => entry.Name)],
            Stopped(sender, receiver, [.. SentFrames.Honest, .. SentFrames.Dishonest, .. SentFrames.Routers]));
    }

    public void Dispose() => town.AssertNothingIsLeft();

    // Two containers with the addresses that the frames have.
    private void Pair(params string[] options)
    {
        town.Network("front", [.. options, "--ipv6", "--subnet", "172.18.0.0/24", "--subnet", "fd00:a::/64"]);
        foreach ((string name, int number) in ((string, int)[])[("a1", 1), ("b1", 2)])
        {
            town.Container(
                name, "--network", "front", "--ip", Segment.Address(number), "--ip6", Segment.Address6(number), "--mac-address",
                Segment.Mac(number));
            TestHost.Eventually(
                $"{name} has probed its addresses", () => town.In(name, "ip -6 address show tentative").Length == 0);
        }
    }

    private FrameSocket Open(string place) =>
        FrameSocket.Open(town.PlaceOf(place), town.IpIn(place, "link show eth0")[0].GetProperty("ifindex").GetInt32());

    // The names of the frames that a1 sends and b1 does not get.
    private static string[] Stopped(FrameSocket sender, FrameSocket receiver, (string Name, byte[] Frame)[] frames)
    {
        byte[] last = Frame.IPv4(
            Segment.Mac(2), Segment.Mac(1), Segment.Address(1), Segment.Address(2), Frame.Datagram($"last {Guid.NewGuid()}"));
        foreach ((_, byte[] frame) in frames)
        {
            sender.Send(frame);
        }

        sender.Send(last);
        IReadOnlyList<byte[]> arrived = receiver.ReceiveUntil(last);
        return
        [
            .. frames.Where(sent => !arrived.Any(other => other.AsSpan().SequenceEqual(Frame.WithoutOuterTag(sent.Frame))))
                .Select(sent => sent.Name),
        ];
    }
}
