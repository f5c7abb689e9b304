using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd;

/// <summary>On a host that is a router, no packet for a container's own address leaves by the uplink when the container has lost that
/// address, however long a client goes on sending: nft(8) counts what leaves, conntrack(8) sees what is tracked.</summary>
public sealed partial class TrackedConnectionTests
{
    private const string IPv4 = "192.0.2.1";
    private const string IPv6 = "2001:db8:f::1";

    // The way out is a wire of its own. What goes out by it to any container's address is counted, after all translation.
    private const string Router =
        """
        sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
        ip netns add isp
        ip link add wan type veth peer name wan netns isp
        ip address add 203.0.113.1/24 dev wan
        ip address add 2001:db8:e::1/64 dev wan nodad
        ip link set wan up
        ip -n isp address add 203.0.113.2/24 dev wan
        ip -n isp address add 2001:db8:e::2/64 dev wan nodad
        ip -n isp link set wan up
        ip route add default via 203.0.113.2
        ip -6 route add default via 2001:db8:e::2
        ip address add 2001:db8:f::1/64 dev lan nodad
        ip -n outside address add 2001:db8:f::2/64 dev lan nodad
        nft -f - <<END
        table inet witness {
          counter leaked { }
          counter arrived4 { }
          counter arrived6 { }
          chain in {
            type filter hook prerouting priority -400
            iifname lan ip daddr 192.0.2.1 udp dport 7000 counter name arrived4
            iifname lan ip6 daddr 2001:db8:f::1 udp dport 7000 counter name arrived6
          }
          chain out {
            type filter hook postrouting priority 1000
            oifname wan ip daddr 10.77.0.0/16 counter name leaked
            oifname wan ip6 daddr fd77::/16 counter name leaked
          }
        }
        END
        """;

    // Answers what comes by UDP, reads what comes by TCP.
    private const string Server =
        """
        import socket, threading
        u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); t = socket.socket(socket.AF_INET6)
        for s in (u, t): s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0); s.bind(("::", 7000))
        t.listen(8)
        def streams():
            while True:
                c, _ = t.accept()
                threading.Thread(target=read, args=(c,), daemon=True).start()
        def read(c):
            while c.recv(4096): pass
        threading.Thread(target=streams, daemon=True).start()
        print("ready", flush=True)
        while True:
            d, a = u.recvfrom(4096); u.sendto(d, a)
        """;

    // Sends by UDP and TCP without end, once both are connected.
    private const string Client =
        """
        import socket, sys, time
        host = sys.argv[1]; family = socket.AF_INET6 if ":" in host else socket.AF_INET
        u = socket.socket(family, socket.SOCK_DGRAM); u.connect((host, 7000)); u.settimeout(5)
        u.send(b"?"); u.recv(10); u.setblocking(False)
        t = socket.create_connection((host, 7000)); t.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1); t.setblocking(False)
        while True:
            for s in (u, t):
                try: s.send(b"x")
                except OSError: pass
            time.sleep(0.002)
        """;

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (string backend in (string[])["iptables", "nftables"])
        {
            foreach (string how in (string[])
            [
                "$NETCTL network disconnect net1 web",
                "$NETCTL network disconnect net1 web; $NETCTL network rm net1",
                "$NETCTL rm -f web",
                "$NETCTL stop -t 0 web",
                "kill $($NETCTL inspect -f '{{.State.Pid}}' web); $NETCTL wait web",
                "$NETCTL rm -f web; $NETCTL network rm net1",
                "$NETCTL system reset -f",
            ])
            {
                ways.Add(backend, how);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_for_an_address_that_has_left_its_sandbox_leaves_the_host(string backend, string how)
    {
        using TestHost host = TestHost.Create();
        host.Shell(Router);
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64", "net1");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "-p", "7000:7000", "-p", "7000:7000/udp", "python3", "-c", Server);
        TestHost.Eventually(
            "the server listens", () => host.Netctl("logs", "web").StandardOutput.Contains("ready", StringComparison.Ordinal));
        string[] addresses =
        [
            host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net1.IPAddress}}", "web"),
            host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net1.GlobalIPv6Address}}", "web"),
        ];

        // Connections that the container opened, and one of a protocol that has no ports.
        host.NetctlOk("exec", "web", "ping", "-c1", "-w10", "192.0.2.2");
        host.NetctlOk("exec", "web", "ping", "-c1", "-w10", "2001:db8:f::2");
        using Process four = host.Start("ip", "netns", "exec", "outside", "python3", "-c", Client, IPv4);
        using Process six = host.Start("ip", "netns", "exec", "outside", "python3", "-c", Client, IPv6);
        WaitForArrivals(host, 20);
        Assert.All(addresses, address => Assert.NotEmpty(Tracked(host, address)));

        host.Shell(how);
        TestHost.Eventually(
            "no connection is tracked any more", () => addresses.All(address => Tracked(host, address).Length == 0));
        WaitForArrivals(host, 100);
        Assert.Equal(0, Counter(host, "leaked"));
        four.Kill();
        six.Kill();
    }

    // Waits until so many more datagrams of each family have come in.
    private static void WaitForArrivals(TestHost host, int count)
    {
        string[] counters = ["arrived4", "arrived6"];
        int[] before = [.. counters.Select(counter => Counter(host, counter))];
        TestHost.Eventually(
            "the clients go on sending",
            () => counters.Zip(before).All(pair => Counter(host, pair.First) >= pair.Second + count));
    }

    private static int Counter(TestHost host, string name) => int.Parse(
        Packets().Match(host.Shell($"nft list counter inet witness {name}")).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Tracked(TestHost host, string address) => host.Shell(
        $"for d in src dst reply-src reply-dst; do conntrack -L -f {(address.Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4")} " +
        $"--$d {address} 2>/dev/null; done; true");

    [GeneratedRegex(@"packets (\d+)")]
    private static partial Regex Packets();
}
