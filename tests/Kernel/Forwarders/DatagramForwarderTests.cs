using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using global::Net.Kernel.Forwarders;
using Microsoft.Extensions.Time.Testing;
using Net.Cnm.Ports;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Forwarders;

/// <summary>UDP that the kernel does not translate reaches the container by the forwarder, and the answer comes from where the question
/// went.</summary>
public sealed class DatagramForwarderTests
{
    [KernelFact]
    public void Loopback_reaches_a_container_of_IPv4_alone() => Echoes(ForwarderTown.ContainerIPv4, IPAddress.IPv6Loopback);

    [KernelFact]
    public void Loopback_reaches_a_container_by_IPv6() => Echoes(ForwarderTown.ContainerIPv6, IPAddress.IPv6Loopback);

    // A connected client takes answers only from the very address it spoke to; the host's first choice would be the other one.
    [KernelFact]
    public void An_answer_comes_from_the_address_that_was_asked() => ForwarderTown.Run(static town =>
    {
        town.Echo(ForwarderTown.ContainerIPv4);
        town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true, PortProtocol.Udp);
        AssertEcho(town.Connect(ForwarderTown.HostIPv6, town.Far, ProtocolType.Udp));
        AssertEcho(town.Connect(ForwarderTown.SecondHostIPv6, town.Far, ProtocolType.Udp));
    });

    [KernelFact]
    public void A_link_local_address_of_the_host_answers_on_its_link_and_to_the_host() => ForwarderTown.Run(static town =>
    {
        foreach ((IPAddress container, bool allIPv6) in
            ((IPAddress, bool)[])[(ForwarderTown.ContainerIPv4, true), (ForwarderTown.ContainerIPv6, false)])
        {
            town.Echo(container);
            town.Forward(container, allIPv6, PortProtocol.Udp);
            AssertEcho(town.Connect(ForwarderTown.HostLinkLocalFromFar, town.Far, ProtocolType.Udp));
            AssertEcho(town.Connect(ForwarderTown.HostLinkLocal, null, ProtocolType.Udp));
        }
    });

    [KernelFact]
    public void A_link_local_address_of_the_host_answers_a_client_that_has_another_kind_of_address() => ForwarderTown.Run(static town =>
    {
        town.Echo(ForwarderTown.ContainerIPv4);
        town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true, PortProtocol.Udp);
        AssertEcho(town.Connect(
            ForwarderTown.HostLinkLocalFromFar, town.Far, ProtocolType.Udp, from: IPAddress.Parse("2001:db8:f::2")));
    });

    // The scope of a link-local sender is the link that it came in by. The host itself speaks by the address that it speaks to.
    [KernelFact]
    public void A_link_local_sender_is_admitted_by_its_link_and_the_host_always()
    {
        var asked = new ConcurrentQueue<IPAddress>();
        ForwarderTown.Run(
            town =>
            {
                town.Echo(ForwarderTown.ContainerIPv4);
                town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true, PortProtocol.Udp);
                Socket refused = town.Connect(ForwarderTown.HostLinkLocalFromFar, town.Far, ProtocolType.Udp);
                refused.Send("lost"u8);
                Assert.True(SpinWait.SpinUntil(() => !asked.IsEmpty, TimeSpan.FromSeconds(20)), "the datagram has arrived");
                IPAddress peer = Assert.Single(asked);
                Assert.True(peer.IsIPv6LinkLocal);
                Assert.Equal(ForwarderTown.HostLinkLocal.ScopeId, peer.ScopeId);

                // The loop takes datagrams in order: when this one is answered, that one has been dealt with.
                AssertEcho(town.Connect(ForwarderTown.HostLinkLocal, null, ProtocolType.Udp));
                Assert.Equal(0, refused.Available);
                Assert.Equal(1, Sessions());
            },
            admits: peer =>
            {
                asked.Enqueue(peer);
                return false;
            });
    }

    [KernelFact]
    public void IPv4_and_senders_that_are_not_admitted_get_no_answer() => ForwarderTown.Run(
        static town =>
        {
            town.Echo(ForwarderTown.ContainerIPv4);
            town.Forward(ForwarderTown.ContainerIPv4, allIPv6: true, PortProtocol.Udp);
            Socket[] refused =
            [
                town.Connect(IPAddress.Loopback, null, ProtocolType.Udp),
                town.Connect(ForwarderTown.HostIPv6, town.Far, ProtocolType.Udp),
            ];
            Assert.All(refused, socket => socket.Send("lost"u8));

            // The loop takes datagrams in order: when this one is answered, those have been dealt with.
            AssertEcho(town.Connect(IPAddress.IPv6Loopback, null, ProtocolType.Udp));
            Assert.All(refused, socket => Assert.Equal(0, socket.Available));
            Assert.Equal(1, Sessions());
        },
        admits: static peer => peer.Equals(IPAddress.IPv6Loopback));

    [KernelFact]
    public void Silent_clients_are_forgotten_and_may_come_again()
    {
        var clock = new FakeTimeProvider();
        ForwarderTown.Run(
            town =>
            {
                town.Echo(ForwarderTown.ContainerIPv4);
                town.Forward(ForwarderTown.ContainerIPv4, protocol: PortProtocol.Udp);
                Socket client = town.Connect(IPAddress.IPv6Loopback, null, ProtocolType.Udp);
                Socket other = town.Connect(IPAddress.IPv6Loopback, null, ProtocolType.Udp);
                AssertEcho(client);
                AssertEcho(other);
                clock.Advance(TimeSpan.FromSeconds(40));
                AssertEcho(other);
                clock.Advance(TimeSpan.FromSeconds(40));
                WaitForSessions(1); // the one that was silent for longer than a minute
                AssertEcho(client);
                Assert.Equal(2, Sessions());
            },
            new ForwarderLimits { Idle = TimeSpan.FromMinutes(1), Sweep = TimeSpan.FromMilliseconds(20) },
            time: clock);
    }

    [KernelFact]
    public void A_port_that_becomes_another_containers_is_forwarded_there() => ForwarderTown.Run(static town =>
    {
        town.Echo(ForwarderTown.ContainerIPv6);
        town.Forward(ForwarderTown.ContainerIPv4, protocol: PortProtocol.Udp);
        Socket client = town.Connect(IPAddress.IPv6Loopback, null, ProtocolType.Udp);
        client.Send("to nobody"u8);
        WaitForSessions(1);
        town.Forward(ForwarderTown.ContainerIPv6, protocol: PortProtocol.Udp);
        Assert.Equal("to somebody"u8, Ask(client, "to somebody"u8));
    });

    [KernelFact]
    public void No_more_clients_than_the_limit_have_sessions() => ForwarderTown.Run(
        static town =>
        {
            town.Echo(ForwarderTown.ContainerIPv4);
            town.Forward(ForwarderTown.ContainerIPv4, protocol: PortProtocol.Udp);
            Socket[] clients = [.. Enumerable.Range(0, 5).Select(_ => town.Connect(IPAddress.IPv6Loopback, null, ProtocolType.Udp))];
            AssertEcho(clients[0]);
            AssertEcho(clients[1]);
            AssertEcho(clients[2]);
            clients[3].Send("lost"u8);
            AssertEcho(clients[2]);
            Assert.Equal(0, clients[3].Available);
            Assert.Equal(3, Sessions());
        },
        new ForwarderLimits { Sessions = 3 });

    private static void Echoes(IPAddress container, IPAddress asked) => ForwarderTown.Run(town =>
    {
        town.Echo(container);
        town.Forward(container, protocol: PortProtocol.Udp);
        AssertEcho(town.Connect(asked, null, ProtocolType.Udp));
    });

    private static void AssertEcho(Socket client)
    {
        byte[] question = new byte[9000];
        new Random(2).NextBytes(question);
        Assert.Equal(question, Ask(client, question));
    }

    // Asks again when nothing comes, as clients of UDP do: the kernel may lose a datagram at any time.
    private static byte[] Ask(Socket client, ReadOnlySpan<byte> question)
    {
        byte[] answer = new byte[65536];
        for (int i = 0; i < 10; i++)
        {
            client.Send(question);
            if (client.Poll(TimeSpan.FromSeconds(3), SelectMode.SelectRead))
            {
                return answer[..client.Receive(answer)];
            }
        }

        throw new TimeoutException("ten datagrams, and no answer");
    }

    private static void WaitForSessions(int count)
    {
        var clock = Stopwatch.StartNew();
        while (Sessions() != count)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"there are still {Sessions()} sessions");
        }
    }

    // Connected sockets to the container's port, on the host.
    private static int Sessions() =>
        Command.Run("ss", "-Hun", "state", "connected", "dport = :80").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
