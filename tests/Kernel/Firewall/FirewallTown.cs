using System.Net;
using System.Net.Sockets;

using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Linux;
using Net.Linux.Sockets;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>A host with three bridges, five containers and a neighbour outside, in namespaces; a listening socket wherever one is asked
/// for.</summary>
internal sealed class FirewallTown : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    private readonly List<IDisposable> _open = [];
    private readonly Dictionary<string, NetworkNamespace> _places = [];

    public FirewallTown(HostNamespace host, int bridgeNetfilter = 0)
    {
        _places["host"] = host.Threads.Home;
        Command.Run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.all.accept_dad=0 " +
            "net.ipv6.conf.default.accept_dad=0");
        Bridge("br-a", "172.18.0.1/24", "fd00:a::1/64");
        Bridge("br-b", "172.19.0.1/24", null);
        Bridge("br-i", "172.20.0.1/24", null);
        Container(host, "a1", "br-a", "172.18.0.2/24", "fd00:a::2/64");
        Container(host, "a2", "br-a", "172.18.0.3/24", "fd00:a::3/64");
        Container(host, "b1", "br-b", "172.19.0.2/24", null);
        Container(host, "i1", "br-i", "172.20.0.2/24", null);
        Container(host, "i2", "br-i", "172.20.0.3/24", null);
        Outside(host);
        Wires.WaitUntilReady();
        if (File.Exists("/proc/sys/net/bridge/bridge-nf-call-iptables"))
        {
            Command.Run($"sysctl -qw net.bridge.bridge-nf-call-iptables={bridgeNetfilter} " +
                $"net.bridge.bridge-nf-call-ip6tables={bridgeNetfilter}");
        }
    }

    public static NetworkId NetworkA { get; } = NetworkId.Parse(new string('a', 64));

    public static BridgePolicy A { get; } = new()
    {
        Owner = OwnerId.Of(NetworkA),
        Bridge = "br-a",
        IPv4 = IPNetwork.Parse("172.18.0.0/24"),
        IPv6 = IPNetwork.Parse("fd00:a::/64"),
    };

    public static BridgePolicy B { get; } = new()
    {
        Owner = OwnerId.Of(NetworkId.Parse(new string('b', 64))),
        Bridge = "br-b",
        IPv4 = IPNetwork.Parse("172.19.0.0/24"),
    };

    public static BridgePolicy Internal { get; } = new()
    {
        Owner = OwnerId.Of(NetworkId.Parse(new string('c', 64))),
        Bridge = "br-i",
        IPv4 = IPNetwork.Parse("172.20.0.0/24"),
        Internal = true,
    };

    public static PublishedPort Port(
        string address, ushort port, string to = "172.18.0.2", ushort containerPort = 80, PortProtocol protocol = PortProtocol.Tcp) =>
        new()
        {
            Owner = OwnerId.Of(EndpointId.Parse(new string('e', 64))),
            Bridge = "br-a",
            Protocol = protocol,
            HostAddress = IPAddress.Parse(address),
            HostPort = port,
            ContainerAddress = IPAddress.Parse(to),
            ContainerPort = containerPort,
        };

    /// <summary>All that the reachability tests publish.</summary>
    public static IReadOnlyList<FirewallPolicy> Everything { get; } =
    [
        A, B, Internal,
        Port("0.0.0.0", 8080), Port("127.0.0.1", 8081), Port("192.0.2.1", 8082), Port("::", 8080, "fd00:a::2"),
        Port("0.0.0.0", 5353, protocol: PortProtocol.Udp),
    ];

    /// <summary>Listens; the kernel completes handshakes by itself.</summary>
    public Socket Listen(string place, string address, int port) => Keep(_places[place].Run(() =>
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endPoint.Address.Equals(IPAddress.IPv6Any))
        {
            socket.DualMode = true;
        }

        socket.Bind(endPoint);
        socket.Listen(64);
        return socket;
    }));

    /// <summary>Whether a TCP connection from one place to an address and port is made.</summary>
    public bool Reaches(string from, string address, int port) => ReachEach([(from, address, port)])[0];

    /// <summary>The same for many at once: all are begun, then all are waited for.</summary>
    public bool[] ReachEach(IReadOnlyList<(string From, string Address, int Port)> connections)
    {
        Socket?[] begun = [.. connections.Select(Begin)];
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        return [.. begun.Select(socket =>
        {
            TimeSpan left = TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64));
            return socket is not null && socket.Poll(left, SelectMode.SelectWrite)
                && (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0;
        })];
    }

    /// <summary>Whether a datagram arrives and its answer comes back.</summary>
    public bool Answers(string from, string to, string address, int port, int containerPort) => _places[from].Run(() =>
    {
        Socket client = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        client.Connect(IPAddress.Parse(address), port);
        return client;
    }) is var client && _places[to].Run(() =>
    {
        Socket server = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        server.Bind(new IPEndPoint(IPAddress.Any, containerPort));
        return server;
    }) is var server && Echo(client, server);

    /// <summary>A socket for packets of one IP protocol; IPv4 packets arrive with their header.</summary>
    /// <param name="place">Where.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="protocol">The number (IANA), one that .NET need not know.</param>
    public Socket Raw(string place, AddressFamily family, int protocol) => Keep(_places[place].Run(() =>
    {
        RawSocket socket = RawSocket.Open(SocketFamily.Of(family), SocketType.Raw, protocol);
        return new Socket(new SafeSocketHandle(socket.Detach(), ownsHandle: true));
    }));

    public void Dispose() => _open.ForEach(item => item.Dispose());

    private Socket? Begin((string From, string Address, int Port) connection) => _places[connection.From].Run(() =>
    {
        IPAddress address = IPAddress.Parse(connection.Address);
        Socket socket = Keep(new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
        try
        {
            socket.Connect(address, connection.Port);
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress ? socket : null;
        }

        return socket;
    });

    private static bool Echo(Socket client, Socket server)
    {
        client.Send("?"u8);
        if (!server.Poll(Patience, SelectMode.SelectRead))
        {
            return false;
        }

        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        server.ReceiveFrom(new byte[1], ref sender);
        server.SendTo("!"u8.ToArray(), sender);
        return client.Poll(Patience, SelectMode.SelectRead) && client.Receive(new byte[1]) == 1;
    }

    /// <summary>Adds a bridge with one container behind it, a place, that has the second address of either subnet.</summary>
    /// <param name="host">Where.</param>
    /// <param name="bridge">The name of the bridge.</param>
    /// <param name="place">The name of the container.</param>
    /// <param name="number">The subnets are 172.NUMBER.0.0/24 and fd00:NUMBER::/64.</param>
    public void AddBridge(HostNamespace host, string bridge, string place, int number)
    {
        Bridge(bridge, $"172.{number}.0.1/24", $"fd00:{number}::1/64");
        Container(host, place, bridge, $"172.{number}.0.2/24", $"fd00:{number}::2/64");
    }

    private static void Bridge(string name, string address, string? address6)
    {
        Command.Run($"ip link add {name} type bridge");
        Command.Run($"ip addr add {address} dev {name}");
        Command.Run($"sysctl -qw net.ipv4.conf.{name}.route_localnet=1");
        if (address6 is not null)
        {
            Command.Run($"ip addr add {address6} dev {name} nodad");
        }

        Command.Run($"ip link set {name} up");
    }

    private void Container(HostNamespace host, string name, string bridge, string address, string? address6)
    {
        _places[name] = Keep(host.NewNamespace(name));
        string gateway = address[..address.LastIndexOf('.')] + ".1";
        Command.Run($"ip link add v-{name} type veth peer name eth0 netns {name}");
        Command.Run($"ip link set v-{name} master {bridge} up");
        Command.Run($"ip link set v-{name} type bridge_slave hairpin on");
        Command.Run($"ip -n {name} addr add {address} dev eth0");
        Command.Run($"ip -n {name} link set eth0 up");
        Command.Run($"ip -n {name} route add default via {gateway}");
        if (address6 is not null)
        {
            Command.Run($"ip -n {name} addr add {address6} dev eth0 nodad");
            Command.Run($"ip -n {name} route add default via {address6[..address6.LastIndexOf(':')]}:1");
        }
    }

    /// <summary>A neighbour on the wire who routes to everything through the host, 127.0.0.0/8 too, and a host that would let that
    /// in.</summary>
    private void Outside(HostNamespace host)
    {
        _places["out"] = Keep(host.NewNamespace("out"));
        Command.Run("ip link add ext type veth peer name eth0 netns out");
        Command.Run("ip addr add 192.0.2.1/24 dev ext");
        Command.Run("ip addr add 2001:db8::1/64 dev ext nodad");
        Command.Run("ip link set ext up");
        Command.Run("ip -n out addr add 192.0.2.2/24 dev eth0");
        Command.Run("ip -n out addr add 2001:db8::2/64 dev eth0 nodad");
        Command.Run("ip -n out link set eth0 up");
        Command.Run("ip -n out route add 172.16.0.0/12 via 192.0.2.1");
        Command.Run("ip -n out route add fd00::/8 via 2001:db8::1");
        Command.Run("ip -n out addr del 127.0.0.1/8 dev lo");
        Command.Run("ip netns exec out sysctl -qw net.ipv4.conf.all.route_localnet=1");
        Command.Run("ip -n out route add 127.0.0.0/8 via 192.0.2.1");
        Command.Run("sysctl -qw net.ipv4.conf.ext.route_localnet=1");
    }

    private T Keep<T>(T item)
        where T : IDisposable
    {
        _open.Add(item);
        return item;
    }
}
