using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Dns;

/// <summary>Servers that are dialled from a client's network namespace: here, from the client's own loopback.</summary>
public sealed class InClientUpstreamTests
{
    private const string Client = "c1";
    private const int Port = 53;

    [KernelFact]
    public void A_server_inside_is_asked_by_udp_and_tcp_from_inside() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace inside = host.NewNamespace(Client);
        using var upstream = new DnsServer();
        Serve(upstream, inside, Port, UpstreamPolicy.Forbidden);
        var options = new DnsServerOptions { CacheEntries = 0, UpstreamTimeout = TimeSpan.FromMinutes(1) };

        // By its descriptor: the threads of the pool do not see the test's /run.
        using var server = new DnsServer(options, openNamespace: _ => host.Threads.Open($"/proc/self/fd/{inside.Descriptor}"));
        IPEndPoint endPoint = Serve(server, inside, 0, Policy);

        for (int i = 0; i < 40; i++)
        {
            Assert.Equal("203.0.113.1", Ask(endPoint, "+short").Trim());
        }

        Assert.Equal("203.0.113.1", Ask(endPoint, "+short", "+tcp").Trim());
        DnsStatistics seen = upstream.GetStatistics(Client)!;
        Assert.Equal((41, 1), (seen.OwnNames, seen.TcpConnections));

        // Nothing of it is the host's, and all of it goes with the client.
        Assert.Equal(0, Sockets("ss -Hun"));
        Assert.InRange(Sockets($"ip netns exec {Client} ss -Hun"), 8, 64);
        server.RemoveClient(Client);
        Assert.Equal(0, Sockets($"ip netns exec {Client} ss -Hun"));
    });

    [KernelFact]
    public void A_namespace_that_has_gone_is_a_server_that_cannot_be_reached() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace inside = host.NewNamespace(Client);
        var options = new DnsServerOptions { UpstreamTimeout = TimeSpan.FromMinutes(1) };
        using var server = new DnsServer(options, openNamespace: _ => throw new FileNotFoundException());
        IPEndPoint endPoint = Serve(server, inside, 0, Policy);
        Assert.Contains("SERVFAIL", Ask(endPoint), StringComparison.Ordinal);
        Assert.Contains("SERVFAIL", Ask(endPoint, "+tcp"), StringComparison.Ordinal);
    });

    private static UpstreamPolicy Policy => UpstreamPolicy.To(new UpstreamServer(new IPEndPoint(IPAddress.Loopback, Port), Client));

    private static string Ask(IPEndPoint server, params string[] arguments) => Command.Run(
        "ip",
        [
            "netns", "exec", Client, Dig.Path, $"@{server.Address}", "-p", $"{server.Port}", "+tries=1", "+time=10", "www.example.org",
            .. arguments,
        ]);

    private static int Sockets(string command) => Command.Run(command).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static IPEndPoint Serve(DnsServer server, NetworkNamespace inside, int port, UpstreamPolicy upstreams)
    {
        (Socket udp, Socket tcp) = inside.Run(() =>
        {
            var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            stream.Bind(new IPEndPoint(IPAddress.Loopback, port));
            var datagram = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            datagram.Bind(stream.LocalEndPoint!);
            return (datagram, stream);
        });
        var address = (IPEndPoint)tcp.LocalEndPoint!;
        var names = new NameTable(upstreams.IsForbidden ? [(DnsName.Parse("www.example.org"), IPAddress.Parse("203.0.113.1"))] : [], []);
        server.AddClient(Client, udp, tcp, names, upstreams);
        return address;
    }
}
