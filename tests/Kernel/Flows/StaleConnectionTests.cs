using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Linux;
using Net.Tests.Kernel.Engine;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Flows;

/// <summary>A UDP client that keeps sending from one socket reaches whoever has the port now; conntrack(8) sees what is tracked.</summary>
public sealed class StaleConnectionTests
{
    private const string Bridge = "br-x";
    private const ushort HostPort = 5353;

    [KernelFact]
    public void By_IPv4_and_nftables() => FollowsThePort("nftables", "192.0.2.1", "172.18.0.2", "172.18.0.3");

    [KernelFact]
    public void By_IPv4_and_iptables() => FollowsThePort("iptables", "192.0.2.1", "172.18.0.2", "172.18.0.3");

    [KernelFact]
    public void By_IPv6_and_nftables() => FollowsThePort("nftables", "2001:db8:f::1", "2001:db8:1::2", "2001:db8:1::3");

    [KernelFact]
    public void By_IPv6_and_iptables() => FollowsThePort("iptables", "2001:db8:f::1", "2001:db8:1::2", "2001:db8:1::3");

    private static void FollowsThePort(string backend, string host, string web, string db) => Lab.Run(
        lab =>
        {
            using NetworkNamespace far = Build(lab);
            lab.Add(
                new BridgePolicy
                {
                    Owner = OwnerId.Host,
                    Bridge = Bridge,
                    IPv4 = IPNetwork.Parse("172.18.0.0/24"),
                    IPv6 = IPNetwork.Parse("2001:db8:1::/64"),
                });
            Wires.WaitUntilReady();
            using Socket webServer = Serve(lab, "web", web);
            using Socket dbServer = Serve(lab, "db", db);
            using Socket client = far.Run(() =>
                new Socket(IPAddress.Parse(host).AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 });
            client.Connect(IPAddress.Parse(host), HostPort);
            using Socket nobody = NamespaceSockets.BindUdp(new IPEndPoint(IPAddress.Parse(host), HostPort));
            client.Send("anyone?"u8);
            Assert.True(SpinWait.SpinUntil(() => Tracked(host).Length == 1, TimeSpan.FromSeconds(10)));

            PublishedPort toWeb = Port(host, web);
            lab.Add(toWeb);
            Assert.Empty(Tracked(host));
            AssertAnswers(client, webServer);

            PublishedPort toDb = Port(host, db);
            lab.Engine.Apply(new StateChange([], [(toWeb, toDb)], []));
            Assert.Empty(Tracked(host));
            AssertAnswers(client, dbServer);

            Assert.Empty(lab.Remove(toDb));
            Assert.Empty(Tracked(host));
        },
        backend);

    // The client keeps sending: a datagram may be lost on a busy machine. What is stale is forgotten by then, as conntrack(8) sees.
    private static void AssertAnswers(Socket client, Socket server)
    {
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    client.Send("question"u8);
                    return server.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead);
                },
                TimeSpan.FromSeconds(30)),
            "the server has got no question");
        byte[] buffer = new byte[64];
        EndPoint sender = server.LocalEndPoint!;
        Assert.Equal("question"u8, buffer.AsSpan(0, server.ReceiveFrom(buffer, ref sender)));
        server.SendTo("answer"u8, SocketFlags.None, sender);
        Assert.Equal("answer"u8, buffer.AsSpan(0, client.Receive(buffer)));
    }

    // What has the host's own port as its first destination.
    private static string[] Tracked(string host) =>
        Command.Run(
            "conntrack", "-L", "-f", host.Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4", "-p", "udp", "--orig-port-dst", "5353")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Socket Serve(Lab lab, string name, string address)
    {
        using NetworkNamespace inside = lab.Host.Threads.Open($"/run/netns/{name}");
        Socket socket = NamespaceSockets.BindUdp(new IPEndPoint(IPAddress.Parse(address), 53), inside);
        socket.ReceiveTimeout = 10_000;
        return socket;
    }

    private static NetworkNamespace Build(Lab lab)
    {
        Command.Run($"ip link add {Bridge} type bridge");
        Put(Bridge, "172.18.0.1/24", "2001:db8:1::1/64", null);
        Command.Run($"ip link set {Bridge} up");
        Join(lab, "web", Bridge, "172.18.0.2/24", "2001:db8:1::2/64", "172.18.0.1", "2001:db8:1::1").Dispose();
        Join(lab, "db", Bridge, "172.18.0.3/24", "2001:db8:1::3/64", "172.18.0.1", "2001:db8:1::1").Dispose();
        NetworkNamespace far = Join(lab, "far", null, "192.0.2.2/24", "2001:db8:f::2/64", "192.0.2.1", "2001:db8:f::1");
        Put("to-far", "192.0.2.1/24", "2001:db8:f::1/64", null);
        Command.Run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        return far;
    }

    private static NetworkNamespace Join(
        Lab lab, string name, string? bridge, string four, string six, string gatewayIPv4, string gatewayIPv6)
    {
        NetworkNamespace made = lab.Host.NewNamespace(name);
        Command.Run($"ip link add to-{name} {(bridge is null ? "" : $"master {bridge}")} type veth peer name eth0 netns {name}");
        Put("eth0", four, six, name);
        Command.Run($"ip link set to-{name} up");
        Command.Run($"ip -n {name} link set eth0 up");
        Command.Run($"ip -n {name} route add default via {gatewayIPv4}");
        Command.Run($"ip -n {name} route add default via {gatewayIPv6}");
        return made;
    }

    private static void Put(string link, string four, string six, string? name)
    {
        string ip = name is null ? "ip" : $"ip -n {name}";
        Command.Run($"{ip} addr add {four} dev {link}");
        Command.Run($"{ip} addr add {six} dev {link} nodad");
    }

    private static PublishedPort Port(string host, string container) => new()
    {
        Owner = OwnerId.Host,
        Bridge = Bridge,
        Protocol = PortProtocol.Udp,
        HostAddress = host.Contains(':', StringComparison.Ordinal) ? IPAddress.IPv6Any : IPAddress.Any,
        HostPort = HostPort,
        ContainerAddress = IPAddress.Parse(container),
        ContainerPort = 53,
    };
}
