using System.Diagnostics;
using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>An address that comes up in a container is announced to its neighbours: the neighbour table of the kernel, and a packet socket
/// in another container, are the witnesses.</summary>
public sealed class AnnouncementTests
{
    private const string IPv4 = "10.78.0.9";
    private const string IPv6 = "fd78::9";

    // Prints the Ethernet source, the claimed Ethernet address and the claimed address of each announcement that comes in.
    private const string Listener =
        """
        import socket, ipaddress
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        print("ready", flush=True)
        mac = lambda b: ":".join("%02x" % x for x in b)
        while True:
            f, meta = s.recvfrom(2048)
            if meta[2] == socket.PACKET_OUTGOING: continue
            kind = f[12:14].hex()
            if kind == "0806" and f[28:32] == f[38:42] and f[0:6] == b"\xff" * 6:
                print(mac(f[6:12]), mac(f[22:28]), ipaddress.ip_address(f[28:32]), flush=True)
            all_nodes = f[38:54] == socket.inet_pton(socket.AF_INET6, "ff02::1")
            if kind == "86dd" and f[20:22] == b"\x3a\xff" and all_nodes and f[54] == 136 and f[58] == 0x20:
                print(mac(f[6:12]), mac(f[80:86]), ipaddress.ip_address(f[62:78]), flush=True)
        """;

    [KernelFact]
    public void A_neighbour_learns_the_new_Ethernet_address_of_an_address_that_comes_to_another_container()
    {
        using TestHost host = HostWithNetwork();
        host.NetctlOk("run", "-d", "--name", "neighbour", "--network", "net1", "sleep", "1000");
        Run(host, "first");
        foreach (string address in (string[])[IPv4, IPv6])
        {
            host.NetctlOk("exec", "neighbour", "ping", "-c1", "-w10", address);
            TestHost.Eventually("the neighbour knows it", () => EthernetAddress(host, address) == MacOf(host, "first"));
        }

        host.NetctlOk("rm", "-f", "first");
        Run(host, "second");
        string expected = MacOf(host, "second");
        foreach (string address in (string[])[IPv4, IPv6])
        {
            TestHost.Eventually($"the neighbour is told of {address}", () => EthernetAddress(host, address) == expected);
        }
    }

    [KernelFact]
    public void Each_address_is_announced_three_times_whenever_it_comes_up()
    {
        using TestHost host = HostWithNetwork();
        using Process listener = host.Start(
            "sh", "-c", "exec $NETCTL run --name neighbour --network net1 python3 -u -c \"$1\"", "sh", Listener);
        Assert.Equal("ready", listener.StandardOutput.ReadLine());
        foreach (string how in (string[])
        [
            "$NETCTL run -d --name web --network net1 sleep 1000",
            "$NETCTL network disconnect net1 web; $NETCTL network connect net1 web",

            // Somebody deletes the host's end of its link, and a mending makes the link and its addresses again.
            "i=$($NETCTL exec web cat /sys/class/net/eth0/iflink); ip link del $(ip -o link | sed -n \"s/^$i: \\([^@]*\\)@.*/\\1/p\")\n" +
            "$NETCTL doctor --fix || true",
        ])
        {
            host.Shell(how);
            string mac = MacOf(host, "web");
            string[] expected = [$"{mac} {mac} {IPv4}", $"{mac} {mac} {IPv6}"];
            List<string> seen = [];
            while (seen.Count < 6)
            {
                string line = listener.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the listener has ended");
                if (line.EndsWith(IPv4, StringComparison.Ordinal) || line.EndsWith(IPv6, StringComparison.Ordinal))
                {
                    seen.Add(line);
                }
            }

            Assert.Equal([.. expected.SelectMany(line => Enumerable.Repeat(line, 3)).Order()], seen.Order());
        }

        host.DoctorIsContentAtOnce();
        host.NetctlOk("rm", "-f", "neighbour");
    }

    [KernelFact]
    public void Network_says_how_often_and_how_soon_addresses_are_announced()
    {
        using TestHost host = HostWithNetwork(
            "-o", "com.docker.network.advertise_addr_nmsgs=2", "-o", "com.docker.network.advertise_addr_ms=100");
        using Process listener = host.Start(
            "sh", "-c", "exec $NETCTL run --name neighbour --network net1 python3 -u -c \"$1\"", "sh", Listener);
        Assert.Equal("ready", listener.StandardOutput.ReadLine());
        foreach (string name in (string[])["first", "second", "third"])
        {
            Run(host, name);
            string mac = MacOf(host, name);
            for (int line = 0; line < 4; line++)
            {
                Assert.StartsWith(mac, listener.StandardOutput.ReadLine(), StringComparison.Ordinal); // none more of the one before
            }

            host.NetctlOk("rm", "-f", name);
        }

        host.NetctlOk("rm", "-f", "neighbour");
    }

    [KernelFact]
    public void Nobody_who_visits_a_namespace_waits_for_the_socket_of_an_announcement_to_close()
    {
        using TestHost host = HostWithNetwork();
        string trace = Path.Combine(host.Root, "trace");
        using Process strace = host.Start(
            "strace", "-f", "-Y", "-yy", "-o", trace, "-e", "trace=socket,close", "-p", $"{host.DaemonId}");
        Assert.Contains("attached", strace.StandardError.ReadLine(), StringComparison.Ordinal);
        Run(host, "web");
        TestHost.Eventually("its addresses are announced", () => ClosedBy(trace).Length > 0);
        host.Shell($"kill -INT {strace.Id}");
        strace.WaitForExit();
        Assert.DoesNotContain("namespaces", ClosedBy(trace));
    }

    // The names of the threads that have closed packet sockets: 17<namespaces> close(56<socket:[28235308]>) = 0
    private static string[] ClosedBy(string trace)
    {
        string[] calls = File.ReadAllLines(trace);
        string[] sockets =
        [
            .. calls.Where(call => call.Contains("socket(AF_PACKET", StringComparison.Ordinal))
                .Select(call => call[(call.LastIndexOf('=') + 1)..].Trim()),
        ];
        return
        [
            .. calls.Where(call => sockets.Any(socket => call.Contains($"close({socket}", StringComparison.Ordinal)))
                .Select(call => call.Split('<', '>')[1]),
        ];
    }

    private static TestHost HostWithNetwork(params string[] options)
    {
        TestHost host = TestHost.Create();
        host.StartDaemon();

        // Two addresses of each family: one for the neighbour, the other for whoever comes.
        host.NetctlOk(
        [
            "network", "create", .. options, "--ipv6", "--subnet", "10.78.0.0/24", "--ip-range", "10.78.0.8/31",
            "--subnet", "fd78::/64", "--ip-range", "fd78::8/127", "net1",
        ]);
        return host;
    }

    private static void Run(TestHost host, string name) =>
        host.NetctlOk("run", "-d", "--name", name, "--network", "net1", "sleep", "1000");

    private static string MacOf(TestHost host, string container) => Text(
        JsonNode.Parse(host.NetctlOk("exec", container, "ip", "-j", "link", "show", "dev", "eth0"))![0]!["address"]);

    private static string EthernetAddress(TestHost host, string address) => Text(
        JsonNode.Parse(host.NetctlOk("exec", "neighbour", "ip", "-j", "neigh", "show", "to", address))!.AsArray()
            .FirstOrDefault()?["lladdr"]);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
