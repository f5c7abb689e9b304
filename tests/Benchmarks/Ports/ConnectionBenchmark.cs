using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>New TCP connections a second through one published port, from a neighbour on the wire, with that port alone and with 10,000
/// others in the table.</summary>
internal static class ConnectionBenchmark
{
    private const ushort Port = 19000;
    private const int FirstOther = 20000;
    private const int Others = 10_000;
    private const int Clients = 4;

    /// <summary>Prints a line a backend; the two tables are measured in turn, so that noise falls on both.</summary>
    public static int Run(int rounds, int connections)
    {
        foreach (string name in BenchBackend.Names)
        {
            var alone = new Samples();
            var crowded = new Samples();
            BenchBackend.Run(name, (host, backend) =>
            {
                NetworkNamespace outside = Wire(host, out NetworkNamespace container);
                using Socket server = container.Run(() => Listen());
                new Thread(() => Serve(server)) { IsBackground = true }.Start();
                IReadOnlyList<DesiredObject> measured = [BenchPort.Rule(Port)];
                IReadOnlyList<DesiredObject> others =
                [
                    .. Enumerable.Range(FirstOther, Others).Select(port => BenchPort.Rule((ushort)port)),
                ];
                backend.Add(measured);
                Connect(outside, connections); // once for the caches
                for (int round = 0; round < rounds; round++)
                {
                    alone.Time(() => Connect(outside, connections));
                    backend.Remove(measured);
                    backend.Add(others);
                    backend.Add(measured); // after all others, where a list of rules is read to its end
                    crowded.Time(() => Connect(outside, connections));
                    backend.Remove(others);
                }

                outside.Dispose();
                container.Dispose();
            });
            double perSecond = connections / alone.Median * 1e6;
            double crowdedPerSecond = connections / crowded.Median * 1e6;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"connections: {name}: {perSecond:F0} a second with 1 port, {crowdedPerSecond:F0} with {Others + 1}; ratio " +
                $"{crowdedPerSecond / perSecond:F2}"));
        }

        return 0;
    }

    private static NetworkNamespace Wire(HostNamespace host, out NetworkNamespace container)
    {
        NetworkNamespace outside = host.NewNamespace("outside");
        container = host.NewNamespace("container");
        Command.Run(
            "sh",
            "-ec",
            $"""
            sysctl -qw net.ipv4.ip_forward=1
            ip link add wire type veth peer name eth0 netns outside
            ip address add 192.0.2.1/24 dev wire
            ip link set wire up
            ip -n outside address add 192.0.2.2/24 dev eth0
            ip -n outside link set eth0 up
            ip link add {BenchPort.Bridge} type bridge
            ip address add 172.18.0.1/16 dev {BenchPort.Bridge}
            ip link set {BenchPort.Bridge} up
            ip link add port type veth peer name eth0 netns container
            ip link set port master {BenchPort.Bridge} up
            ip -n container address add {BenchPort.Container}/16 dev eth0
            ip -n container link set eth0 up
            ip -n container route add default via 172.18.0.1
            """);
        return outside;
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, BenchPort.ContainerPort));
        socket.Listen(4096);
        return socket;
    }

    private static void Serve(Socket server)
    {
        try
        {
            while (true)
            {
                server.Accept().Dispose();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed: the measurement is over.
        }
    }

    private static void Connect(NetworkNamespace outside, int connections)
    {
        Socket[][] sockets = [.. Enumerable.Range(0, Clients).Select(_ => outside.Run(() => Enumerable.Range(0, connections / Clients)
            .Select(_ =>
                new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) })
                    .ToArray()))];
        Thread[] threads = [.. sockets.Select(own => new Thread(() =>
        {
            foreach (Socket socket in own)
            {
                socket.Connect(IPAddress.Parse("192.0.2.1"), Port);
                socket.Dispose(); // a reset: no port stays behind in TIME_WAIT
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
