using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using global::Net.Kernel.Forwarders;
using Microsoft.Extensions.Time.Testing;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Forwarders;

/// <summary>TCP that the kernel does not translate reaches the container by the forwarder, byte for byte, and nothing else does.</summary>
public sealed class ConnectionForwarderTests
{
    [KernelFact]
    public void Loopback_reaches_a_container_of_IPv4_alone() => ForwarderTown.Run(static town =>
    {
        town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send("hello"u8));
        town.Forward(ForwarderTown.ContainerIPv4);
        Assert.Equal("hello", ReadAll(town.Connect(IPAddress.IPv6Loopback)));
    });

    [KernelFact]
    public void Loopback_reaches_a_container_by_IPv6() => ForwarderTown.Run(static town =>
    {
        town.Serve(
            ForwarderTown.ContainerIPv6,
            static connection => connection.Send(Encoding.ASCII.GetBytes(((IPEndPoint)connection.RemoteEndPoint!).Address.ToString())));
        town.Forward(ForwarderTown.ContainerIPv6);
        Assert.Equal("2001:db8:1::1", ReadAll(town.Connect(IPAddress.IPv6Loopback)));
    });

    [KernelFact]
    public void Another_machine_reaches_a_container_of_IPv4_alone_by_IPv6() => ForwarderTown.Run(static town =>
    {
        town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send("hello"u8));
        town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true);
        Assert.Equal("hello", ReadAll(town.Connect(ForwarderTown.HostIPv6, town.Far)));
    });

    [KernelFact]
    public void A_link_local_address_of_the_host_is_served_from_its_link_and_from_the_host() => ForwarderTown.Run(static town =>
    {
        foreach ((IPAddress container, bool allIPv6) in
            ((IPAddress, bool)[])[(ForwarderTown.ContainerIPv4, true), (ForwarderTown.ContainerIPv6, false)])
        {
            town.Serve(container, static connection => connection.Send("hello"u8));
            town.Forward(container, allIPv6);
            Assert.Equal("hello", ReadAll(town.Connect(ForwarderTown.HostLinkLocalFromFar, town.Far)));
            Assert.Equal("hello", ReadAll(town.Connect(ForwarderTown.HostLinkLocal)));
        }
    });

    // The scope of a link-local sender is the link that it came in by. The host itself speaks by the address that it speaks to.
    [KernelFact]
    public void A_link_local_sender_is_admitted_by_its_link_and_the_host_always()
    {
        var asked = new ConcurrentQueue<IPAddress>();
        ForwarderTown.Run(
            town =>
            {
                town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send("hello"u8));
                town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true);
                AssertReset(() => town.Connect(ForwarderTown.HostLinkLocalFromFar, town.Far).Receive(new byte[1]));
                IPAddress peer = Assert.Single(asked);
                Assert.True(peer.IsIPv6LinkLocal);
                Assert.Equal(ForwarderTown.HostLinkLocal.ScopeId, peer.ScopeId);
                Assert.Equal("hello", ReadAll(town.Connect(ForwarderTown.HostLinkLocal)));
            },
            admits: peer =>
            {
                asked.Enqueue(peer);
                return false;
            });
    }

    [KernelFact]
    public void What_the_kernel_should_have_translated_is_reset() => ForwarderTown.Run(static town =>
    {
        town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send("hello"u8));
        town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true);
        AssertReset(() => town.Connect(ForwarderTown.HostIPv4, town.Far).Receive(new byte[1]));
        AssertReset(() => town.Connect(IPAddress.Loopback).Receive(new byte[1]));
        town.Forward(ForwarderTown.ContainerIPv4);
        AssertReset(() => town.Connect(ForwarderTown.HostIPv6, town.Far).Receive(new byte[1]));
    });

    [KernelFact]
    public void A_sender_that_is_not_admitted_is_reset() => ForwarderTown.Run(
        static town =>
        {
            town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send("hello"u8));
            town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true);
            AssertReset(() => town.Connect(ForwarderTown.HostIPv6, town.Far).Receive(new byte[1]));
            Assert.Equal("hello", ReadAll(town.Connect(IPAddress.IPv6Loopback)));
        },
        admits: static peer => !peer.Equals(IPAddress.Parse("2001:db8:f::2")));

    [KernelFact]
    public void A_container_that_refuses_is_a_reset() => ForwarderTown.Run(static town =>
    {
        town.Forward(ForwarderTown.ContainerIPv4);
        AssertReset(() => town.Connect(IPAddress.IPv6Loopback).Receive(new byte[1]));
    });

    [KernelFact]
    public void A_container_that_does_not_answer_is_a_reset_when_the_limit_is_over()
    {
        var clock = new FakeTimeProvider();
        ForwarderTown.Run(
            town =>
            {
                Command.Run("ip neighbour add 172.18.0.9 lladdr 02:42:00:00:00:09 dev to-web"); // nobody has it
                town.Forward(IPAddress.Parse("172.18.0.9"));
                Socket client = town.Connect(IPAddress.IPv6Loopback);
                Assert.True(SpinWait.SpinUntil(
                    static () => Command.Run("ss", "-Htn", "state", "syn-sent", "dport = :80").Length > 0, TimeSpan.FromSeconds(10)));
                clock.Advance(TimeSpan.FromSeconds(29));
                Assert.False(client.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead));
                clock.Advance(TimeSpan.FromSeconds(2));
                AssertReset(client);
            },
            new ForwarderLimits { Connect = TimeSpan.FromSeconds(30) },
            time: clock);
    }

    [KernelFact]
    public void A_client_that_closes_its_half_still_gets_the_answer() => ForwarderTown.Run(static town =>
    {
        town.Serve(ForwarderTown.ContainerIPv4, static connection =>
        {
            string asked = ReadAll(connection);
            connection.Send(Encoding.ASCII.GetBytes($"got {asked}"));
        });
        town.Forward(ForwarderTown.ContainerIPv4);
        Socket client = town.Connect(IPAddress.IPv6Loopback);
        client.Send("question"u8);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("got question", ReadAll(client));
    });

    [KernelFact]
    public void A_big_transfer_arrives_byte_for_byte() => ForwarderTown.Run(static town =>
    {
        byte[] sent = new byte[(32 << 20) + 7];
        new Random(1).NextBytes(sent);
        town.Serve(ForwarderTown.ContainerIPv4, connection => SendAll(connection, sent));
        town.Forward(ForwarderTown.ContainerIPv4);
        var received = new MemoryStream();
        using (var stream = new NetworkStream(town.Connect(IPAddress.IPv6Loopback), ownsSocket: true))
        {
            stream.CopyTo(received);
        }

        Assert.True(received.ToArray().AsSpan().SequenceEqual(sent));
    });

    [KernelFact]
    public void Many_connections_are_served_together_up_to_the_limit() => ForwarderTown.Run(
        static town =>
        {
            town.Serve(ForwarderTown.ContainerIPv4, static connection => connection.Send(Encoding.ASCII.GetBytes(ReadAll(connection))));
            town.Forward(ForwarderTown.ContainerIPv4);
            Socket[] clients = [.. Enumerable.Range(0, 200).Select(_ => town.Connect(IPAddress.IPv6Loopback))];

            // The limit is reached in the order of acceptance, which is that of connection.
            AssertReset(() => town.Connect(IPAddress.IPv6Loopback).Receive(new byte[1]));
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i].Send(Encoding.ASCII.GetBytes($"client {i}"));
                clients[i].Shutdown(SocketShutdown.Send);
            }

            Assert.All(clients.Index(), client => Assert.Equal($"client {client.Index}", ReadAll(client.Item)));
        },
        new ForwarderLimits { Connections = 200 });

    [KernelFact]
    public void Connections_end_with_the_forwarder() => ForwarderTown.Run(static town =>
    {
        town.Serve(ForwarderTown.ContainerIPv4, static connection =>
        {
            connection.Send("hello"u8);
            ReadAll(connection);
        });
        town.Forward(ForwarderTown.ContainerIPv4);
        Socket client = town.Connect(IPAddress.IPv6Loopback);
        Assert.Equal(5, client.Receive(new byte[5]));
        town.Stop();
        AssertReset(client);
        Assert.Throws<SocketException>(() => town.Connect(IPAddress.IPv6Loopback));
    });

    private static void AssertReset(Socket connection) => AssertReset(() => connection.Receive(new byte[1]));

    // A reset that follows the handshake at once is told by connect(2) already, when this thread gets its turn late.
    private static void AssertReset(Func<object> talk) =>
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(talk).SocketErrorCode);

    private static string ReadAll(Socket socket)
    {
        byte[] buffer = new byte[4096];
        var text = new StringBuilder();
        for (int count; (count = socket.Receive(buffer)) > 0;)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }
}
