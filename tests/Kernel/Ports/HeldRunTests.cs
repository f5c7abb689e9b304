using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Tests.Kernel.Engine;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Ports;

/// <summary>Runs of ports and both families by one socket, as ss(8) sees them.</summary>
public sealed class HeldRunTests
{
    [KernelFact]
    public void A_run_is_held_port_by_port_and_given_back() => Lab.Run(static lab =>
    {
        HeldPort run = Run(lab, 8000, 11);
        lab.Add(run);
        AssertListening(Enumerable.Range(8000, 11));
        Assert.Empty(lab.Remove(run));
        AssertListening([]);
    });

    [KernelFact]
    public void Ten_thousand_ports_of_both_families_are_ten_thousand_sockets() => Lab.Run(static lab =>
    {
        lab.Add(Run(lab, 20000, 10000) with { Address = IPAddress.IPv6Any, DualStack = true });
        AssertListening(Enumerable.Range(20000, 10000));
        using var taker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(
            SocketError.AddressAlreadyInUse,
            Assert.Throws<SocketException>(() => taker.Bind(new IPEndPoint(IPAddress.Any, 25000))).SocketErrorCode);
    });

    [KernelFact]
    public void A_dual_stack_udp_socket_keeps_both_families_from_others() => Lab.Run(static lab =>
    {
        lab.Add(Run(lab, 5353, 1) with { Address = IPAddress.IPv6Any, DualStack = true, Protocol = PortProtocol.Udp });
        using var taker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.Equal(
            SocketError.AddressAlreadyInUse,
            Assert.Throws<SocketException>(() => taker.Bind(new IPEndPoint(IPAddress.Any, 5353))).SocketErrorCode);
        Assert.Single(Command.Run("ss -Hlun sport = :5353").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    });

    [KernelFact]
    public void The_middle_of_a_run_is_given_back_and_the_other_sockets_stay() => Lab.Run(static lab =>
    {
        HeldPort run = Run(lab, 8000, 11);
        lab.Add(run);
        string before = Sockets(8010);
        lab.Engine.Apply(new StateChange([Run(lab, 8006, 5)], [(run, run with { Count = 5 })], []));
        AssertListening(Enumerable.Range(8000, 11).Except([8005]));
        Assert.Equal(before, Sockets(8010));
        Assert.Empty(lab.Remove(run with { Count = 5 }));
        AssertListening(Enumerable.Range(8006, 5));
    });

    [KernelFact]
    public void A_cut_that_fails_leaves_the_run_whole() => Lab.Run(static lab =>
    {
        HeldPort run = Run(lab, 8000, 11);
        lab.Add(run);
        using var other = new TcpListener(IPAddress.Any, 9001);
        other.Start();
        var change = new StateChange([Run(lab, 8006, 5), Run(lab, 9000, 5)], [(run, run with { Count = 5 })], []);
        CnmException error = Assert.Throws<CnmException>(() => lab.Engine.Apply(change));
        Assert.StartsWith("port 9001/tcp on 0.0.0.0 is already in use by ", error.Message, StringComparison.Ordinal);
        AssertListening([.. Enumerable.Range(8000, 11), 9001]);
        Assert.True(lab.Engine.Diff([run]).IsEmpty);
        Assert.Empty(lab.Remove(run));
        AssertListening([9001]);
    });

    [KernelFact]
    public void A_run_that_moves_to_another_owner_keeps_its_sockets() => Lab.Run(static lab =>
    {
        HeldPort run = Run(lab, 8000, 3);
        lab.Add(run);
        string before = Sockets(8001);
        HeldPort later = run with { Owner = OwnerId.Host, ForwardAddress = IPAddress.Parse("192.0.2.2"), ForwardPort = 80 };
        lab.Engine.Apply(new StateChange([], [(run, later)], []));
        Assert.Equal(before, Sockets(8001));
        Assert.True(lab.Engine.Diff([later]).IsEmpty);
    });

    [KernelFact]
    public void Both_families_after_one_do_not_stand_in_their_own_way() => Lab.Run(static lab =>
    {
        HeldPort four = Run(lab, 8000, 2);
        HeldPort both = four with { Address = IPAddress.IPv6Any, DualStack = true };
        lab.Add(four);
        lab.Engine.Apply(new StateChange([both], [], [four]));
        Assert.True(lab.Engine.Diff([both]).IsEmpty);
        lab.Engine.Apply(new StateChange([four], [], [both]));
        Assert.True(lab.Engine.Diff([four]).IsEmpty);
        Assert.Empty(lab.Remove(four));
        AssertListening([]);
    });

    [KernelFact]
    public void All_addresses_and_one_of_them_do_not_stand_in_their_own_way() => Lab.Run(static lab =>
    {
        HeldPort all = Run(lab, 8000, 2) with { Address = IPAddress.IPv6Any, DualStack = true };
        HeldPort one = Run(lab, 8000, 2) with { Address = IPAddress.Loopback };
        lab.Add(all);
        Assert.Empty(lab.Engine.Apply(new StateChange([one], [], [all])));
        Assert.True(lab.Engine.Diff([one]).IsEmpty);
        Assert.Equal(2, Command.Run("ss -Hltn src 127.0.0.1").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(lab.Engine.Apply(new StateChange([all], [], [one])));
        Assert.True(lab.Engine.Diff([all]).IsEmpty);
        Assert.Empty(lab.Remove(all));
        AssertListening([]);
    });

    [KernelFact]
    public void All_addresses_are_held_again_when_the_change_to_one_of_them_fails() => Lab.Run(static lab =>
    {
        HeldPort all = Run(lab, 8000, 2) with { Address = IPAddress.IPv6Any, DualStack = true };
        lab.Add(all);
        using var other = new TcpListener(IPAddress.Any, 9000);
        other.Start();
        var change = new StateChange([Run(lab, 8000, 2) with { Address = IPAddress.Loopback }, Run(lab, 9000, 1)], [], [all]);
        Assert.Equal(CnmErrorKind.Conflict, Assert.Throws<CnmException>(() => lab.Engine.Apply(change)).Kind);
        Assert.True(lab.Engine.Diff([all]).IsEmpty);
        Assert.Equal("", Command.Run("ss -Hltn src 127.0.0.1"));
        AssertListening([8000, 8001, 9000]);
    });

    [KernelFact]
    public void A_thief_is_named_and_the_rest_of_the_run_is_held() => Lab.Run(static lab =>
    {
        HeldPort run = Run(lab, 8000, 11);
        using (var thief = new TcpListener(IPAddress.Any, 8005))
        {
            thief.Start();
            string failure = Assert.Single(lab.Engine.Mend(lab.Engine.Diff([run])));
            Assert.Matches(@"^port 8005/tcp on 0\.0\.0\.0 is already in use by .+ \(pid \d+\)", failure);
            AssertListening(Enumerable.Range(8000, 11));
            (DesiredObject wanted, string words) = Assert.Single(lab.Engine.Diff([run]).Different);
            Assert.Equal(run, wanted);
            Assert.Matches(
                @"^port 8005/tcp on 0\.0\.0\.0 is already in use by .+ \(pid \d+\); " +
                    "choose another host port or stop it; then netctl doctor --fix",
                words);
        }

        Assert.StartsWith(
            "port 8005/tcp on 0.0.0.0 is held by nobody; ",
            Assert.Single(lab.Engine.Diff([run]).Different).Actual,
            StringComparison.Ordinal);

        Assert.Empty(lab.Engine.Mend(lab.Engine.Diff([run])));
        Assert.True(lab.Engine.Diff([run]).IsEmpty);
    });

    [KernelFact]
    public void A_thief_of_one_family_is_named_where_a_socket_would_hold_both() => Lab.Run(static lab =>
    {
        HeldPort port = Run(lab, 8000, 1) with { Address = IPAddress.IPv6Any, DualStack = true };
        using var thief = new TcpListener(IPAddress.Any, 8000);
        thief.Start();
        Assert.Single(lab.Engine.Mend(lab.Engine.Diff([port])));
        Assert.Matches(
            @"^port 8000/tcp on 0\.0\.0\.0 and \[::\] is already in use by .+ \(pid \d+\); " +
                "choose another host port or stop it; then netctl doctor --fix",
            Assert.Single(lab.Engine.Diff([port]).Different).Actual);
    });

    [KernelFact]
    public void Sctp_is_held_or_refused_with_the_kernels_words() => Lab.Run(static lab =>
    {
        HeldPort port = Run(lab, 5000, 1) with { Protocol = PortProtocol.Sctp };
        if (Directory.Exists("/proc/sys/net/sctp"))
        {
            lab.Add(port);
            return;
        }

        CnmException error = Assert.Throws<CnmException>(() => lab.Add(port));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Matches(
            @"^port 5000/sctp on 0\.0\.0\.0: this kernel has no sctp \(.*Protocol not supported.*\); load the module sctp", error.Message);
    });

    private static HeldPort Run(Lab lab, ushort port, ushort count) => lab.Shape.Port with { Port = port, Count = count };

    // A process that another test is starting has the descriptors of this one for a moment, and so a socket is closed a moment later.
    private static void AssertListening(IEnumerable<int> ports)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(10) && !ports.SequenceEqual(Listening()))
        {
        }

        Assert.Equal(ports, Listening());
    }

    private static IEnumerable<int> Listening() => Command.Run("ss -Hltn").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
        .Select(address => int.Parse(address[(address.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture))
        .Distinct().Order();

    // With the socket's inode: the same socket, not only the same port.
    private static string Sockets(int port) => Command.Run("ss", "-Hltne", $"sport = :{port}");
}
