using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using global::Net.Kernel.Forwarders;
using global::Net.Kernel.Ports;
using Net.Cnm.DesiredState;
using Net.Cnm.Ports;
using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Forwarders;

/// <summary>A host with a container behind it and a client beside it, and a port held and forwarded, without any firewall.</summary>
internal sealed class ForwarderTown : IDisposable
{
    public const int HostPort = 8080;
    public static readonly IPAddress ContainerIPv4 = IPAddress.Parse("172.18.0.2");
    public static readonly IPAddress ContainerIPv6 = IPAddress.Parse("2001:db8:1::2");
    public static readonly IPAddress HostIPv6 = IPAddress.Parse("2001:db8:f::1");
    public static readonly IPAddress SecondHostIPv6 = IPAddress.Parse("2001:db8:f::11");
    public static readonly IPAddress HostIPv4 = IPAddress.Parse("192.0.2.1");

    private const string LinkLocal = "fe80::f:1"; // the host's, on the link to the other machine

    private readonly Forwarder _forwarder;
    private readonly HeldPortTable _ports;
    private readonly List<IDisposable> _open = [];

    private ForwarderTown(HostNamespace host, ForwarderLimits limits, Func<IPAddress, bool> admits, TimeProvider time)
    {
        Container = host.NewNamespace("web");
        Far = host.NewNamespace("far");
        Join("web", "172.18.0.1/24", "172.18.0.2/24", "2001:db8:1::1/64", "2001:db8:1::2/64");
        Join("far", "192.0.2.1/24", "192.0.2.2/24", "2001:db8:f::1/64", "2001:db8:f::2/64");
        Command.Run($"ip addr add {SecondHostIPv6}/64 dev to-far nodad");
        Command.Run($"ip addr add {LinkLocal}/64 dev to-far nodad");
        Command.Run("ip -n far addr add fe80::f:2/64 dev eth0 nodad");
        AwaitReach(ContainerIPv6);
        _forwarder = new Forwarder(admits, limits, time);
        _ports = new HeldPortTable(_forwarder);
    }

    public NetworkNamespace Container { get; }

    /// <summary>Another machine on the host's link.</summary>
    public NetworkNamespace Far { get; }

    public static void Run(
        Action<ForwarderTown> body,
        ForwarderLimits? limits = null,
        Func<IPAddress, bool>? admits = null,
        TimeProvider? time = null) => HostNamespace.Run(host =>
        {
            using var town = new ForwarderTown(host, limits ?? new ForwarderLimits(), admits ?? (_ => true), time ?? TimeProvider.System);
            body(town);
        });

    /// <summary>Holds the port and forwards it to port 80 of the container.</summary>
    public void Forward(IPAddress target, bool allIPv6 = false, PortProtocol protocol = PortProtocol.Tcp) => _ports.Hold(new HeldPort
    {
        Owner = OwnerId.Host,
        Address = IPAddress.IPv6Any,
        DualStack = true,
        Port = HostPort,
        Protocol = protocol,
        ForwardAddress = target,
        ForwardPort = 80,
        ForwardAllIPv6 = allIPv6,
    });

    /// <summary>Serves TCP port 80 of the container, each connection in a thread of its own.</summary>
    public void Serve(IPAddress address, Action<Socket> serve)
    {
        Socket listener = Keep(NamespaceSockets.ListenTcp(new IPEndPoint(address, 80), 512, Container));
        Start(() =>
        {
            while (true)
            {
                Socket connection = Keep(listener.Accept());
                Start(() =>
                {
                    using (connection)
                    {
                        serve(connection);
                    }
                });
            }
        });
    }

    /// <summary>Answers every datagram to UDP port 80 of the container with the same bytes.</summary>
    public void Echo(IPAddress address)
    {
        Socket socket = Keep(NamespaceSockets.BindUdp(new IPEndPoint(address, 80), Container));
        Start(() =>
        {
            byte[] buffer = new byte[65536];
            while (true)
            {
                EndPoint sender = new IPEndPoint(address, 0);
                int length = socket.ReceiveFrom(buffer, ref sender);
                socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, sender);
            }
        });
    }

    /// <summary>A socket of the host, or of another namespace, connected to the held port.</summary>
    public Socket Connect(
        IPAddress address, NetworkNamespace? place = null, ProtocolType protocol = ProtocolType.Tcp, IPAddress? from = null)
    {
        SocketType type = protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram;
        Socket Open() => new(address.AddressFamily, type, protocol) { ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        Socket socket = Keep(place is null ? Open() : place.Run(Open));
        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        socket.Connect(address, HostPort);
        return socket;
    }

    /// <summary>The host's link-local address on its link to the other machine, as the host itself says it.</summary>
    public static IPAddress HostLinkLocal => Scoped("ip -j link show dev to-far");

    /// <summary>The same address, as the other machine says it.</summary>
    public static IPAddress HostLinkLocalFromFar => Scoped("ip -n far -j link show dev eth0");

    /// <summary>Ends what is forwarded, as the daemon does at its end.</summary>
    public void Stop()
    {
        _forwarder.Dispose();
        _ports.Dispose();
    }

    public void Dispose()
    {
        Stop();
        lock (_open)
        {
            _open.ForEach(thing => thing.Dispose());
        }

        Container.Dispose();
        Far.Dispose();
    }

    private static void Join(string name, string host, string inside, string hostIPv6, string insideIPv6)
    {
        Command.Run($"ip link add to-{name} type veth peer name eth0 netns {name}");
        Command.Run($"ip addr add {host} dev to-{name}");
        Command.Run($"ip addr add {hostIPv6} dev to-{name} nodad");
        Command.Run($"ip -n {name} addr add {inside} dev eth0");
        Command.Run($"ip -n {name} addr add {insideIPv6} dev eth0 nodad");
        Command.Run($"ip link set to-{name} up");
        Command.Run($"ip -n {name} link set eth0 up");
    }

    private static IPAddress Scoped(string link)
    {
        using var description = JsonDocument.Parse(Command.Run(link));
        return new IPAddress(IPAddress.Parse(LinkLocal).GetAddressBytes(), description.RootElement[0].GetProperty("ifindex").GetInt64());
    }

    // A link that has just come up is not ready for IPv6 at once: the first datagram would be lost, and a test with it.
    private static void AwaitReach(IPAddress address)
    {
        var clock = Stopwatch.StartNew();
        while (Command.TryRun("ping", "-n", "-c", "1", "-W", "1", $"{address}").ExitCode != 0)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{address} does not answer");
        }
    }

    private Socket Keep(Socket socket)
    {
        lock (_open)
        {
            _open.Add(socket);
        }

        return socket;
    }

    private static void Start(Action body) => new Thread(() =>
    {
        try
        {
            body();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The town is closed.
        }
    })
    { IsBackground = true }.Start();
}
