using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>Whatever phase a change fails in, the kernel is as it was before, and the error says what stood in the way.</summary>
public sealed class FailureTests
{
    [KernelFact]
    public void A_port_that_another_program_has_is_refused_by_its_holders_name() => Lab.Run(static lab =>
    {
        using var other = new TcpListener(IPAddress.Any, 8080);
        other.Start();
        CnmException error = FailsWithoutTrace(lab, lab.Shape.All);
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Matches(
            @"^port 8080/tcp on 0\.0\.0\.0 is already in use by .+ \(pid \d+\); choose another host port or stop it$", error.Message);
    });

    [KernelFact]
    public void A_port_that_another_program_has_in_IPv6_alone_is_refused_by_its_name_not_ours() => Lab.Run(static lab =>
    {
        const string Holder = "import socket,sys; s=socket.socket(socket.AF_INET6); s.setsockopt(41,26,1); s.bind(('::',8080)); " +
            "s.listen(); print('ready',flush=True); sys.stdin.read()";
        using Process other =
            Process.Start(new ProcessStartInfo("python3", ["-c", Holder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", other.StandardOutput.ReadLine());
        CnmException error = FailsWithoutTrace(lab, [lab.Shape.Port, lab.Shape.Port with { Address = IPAddress.IPv6Any }]);
        other.StandardInput.Close();
        other.WaitForExit();
        Assert.Equal(
            $"port 8080/tcp on [::] is already in use by python3 (pid {other.Id}); choose another host port or stop it", error.Message);
    });

    [KernelFact]
    public void A_held_udp_port_is_refused_to_others_and_both_families_are_held_apart() => Lab.Run(static lab =>
    {
        HeldPort four = lab.Shape.Port with { Protocol = Cnm.Ports.PortProtocol.Udp };
        lab.Add(lab.Shape.Port, lab.Shape.Port with { Address = IPAddress.IPv6Any }, four, four with { Address = IPAddress.IPv6Any });
        using var taker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.Equal(
            SocketError.AddressAlreadyInUse,
            Assert.Throws<SocketException>(() => taker.Bind(new IPEndPoint(IPAddress.Any, 8080))).SocketErrorCode);
        Assert.Empty(lab.Remove(four));

        // A process that another test is starting has the descriptors of this one for a moment.
        var clock = Stopwatch.StartNew();
        while (!TryBind(taker, new IPEndPoint(IPAddress.Any, 8080)))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), "the port was not given back");
        }
    });

    [KernelFact]
    public void A_firewall_that_refuses_undoes_all() => Lab.Run(static lab =>
    {
        lab.Firewall.Refuses = true;
        Assert.Equal(CnmErrorKind.Unavailable, FailsWithoutTrace(lab, lab.Shape.All).Kind);
    });

    [KernelFact]
    public void What_the_kernel_changes_along_with_forwarding_is_undone_as_well() => Lab.Run(static lab =>
    {
        Command.Run("ip link add f0 type veth peer name f1");
        const string Own = "net.ipv4.conf.f0.forwarding=1 net.ipv4.conf.default.forwarding=1 net.ipv4.conf.all.accept_redirects=0 "
            + "net.ipv6.conf.f0.forwarding=1 net.ipv6.conf.default.forwarding=1 net.ipv6.conf.f1.forwarding=0";
        Command.Run($"sysctl -qw {Own}");
        FailsWithoutTrace(
            lab, [Adopted("net/ipv4/ip_forward"), Adopted("net/ipv6/conf/all/forwarding"), Adopted("net/ipv4/conf/none/forwarding")]);
        Assert.All(Own.Split(' '), static setting =>
        {
            string[] parts = setting.Split('=');
            Assert.Equal(parts[1], Command.Run($"sysctl -n {parts[0]}").Trim());
        });
        Assert.Equal("0", Command.Run("sysctl -n net.ipv4.ip_forward").Trim());

        static SysctlObject Adopted(string path) => new()
        {
            Owner = OwnerId.Host,
            Ownership = Ownership.Adopted,
            Namespace = NamespaceRef.Host,
            Path = path,
            Value = "1",
        };
    });

    [KernelFact]
    public void A_port_whose_rules_the_firewall_keeps_is_not_let_go() => Lab.Run(static lab =>
    {
        DesiredObject[] port = [lab.Shape.Port, .. lab.Shape.All.OfType<Cnm.Firewalls.PublishedPort>()];
        lab.Add(lab.Shape.All);
        lab.Firewall.Refuses = true;
        Assert.Equal("the firewall refuses", Assert.Throws<CnmException>(() => lab.Remove(port)).Message);
        lab.Firewall.Refuses = false;
        Assert.True(lab.Engine.Diff(lab.Shape.All).IsEmpty);
        Assert.Empty(lab.Remove(port));

        // The forwarder's thread may be about to look at the socket, which closes when it has.
        Assert.True(SpinWait.SpinUntil(static () => Command.Run("ss", "-Hltn", "sport = :8080").Length == 0, TimeSpan.FromSeconds(10)));
    });

    [KernelFact]
    public void A_bridge_of_somebody_else_is_a_conflict_and_stays() => Lab.Run(static lab =>
    {
        Command.Run("ip link add br-aaaaaaaaaaaa type bridge");
        CnmException error = FailsWithoutTrace(lab, lab.Shape.All);
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("already used by a device this daemon did not create", error.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Remove(lab.Shape.All));
        Assert.Single(Command.Json("ip -j link show dev br-aaaaaaaaaaaa").EnumerateArray());
    });

    [KernelFact]
    public void A_link_of_somebody_else_with_the_host_ends_name_is_a_conflict() => Lab.Run(static lab =>
    {
        Command.Run("ip link add vethbbbbbbb type veth peer name other");
        Assert.Equal(CnmErrorKind.Conflict, FailsWithoutTrace(lab, lab.Shape.All).Kind);
    });

    [KernelFact]
    public void A_device_in_the_container_with_the_other_ends_name_is_a_conflict() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.SandboxObjects);
        Command.Run("ip -n web link add eth0 type bridge");
        CnmException error = FailsWithoutTrace(lab, [.. lab.Shape.NetworkObjects, .. lab.Shape.EndpointObjects]);
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("web has a device eth0 already", error.Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void A_setting_that_the_kernel_does_not_have_undoes_all() => Lab.Run(static lab =>
    {
        var unknown = new SysctlObject
        {
            Owner = OwnerId.Host,
            Namespace = NamespaceRef.Host,
            Path = "net/ipv4/no_such_setting",
            Value = "1",
        };
        Assert.Contains("no_such_setting", FailsWithoutTrace(lab, [.. lab.Shape.All, unknown]).Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void An_address_on_a_link_that_is_not_there_undoes_all() => Lab.Run(static lab =>
    {
        CnmException error = FailsWithoutTrace(lab, [.. lab.Shape.All, lab.Shape.InContainer("192.0.2.1/24") with { Link = "eth7" }]);
        Assert.Contains("address 192.0.2.1/24 on eth7 of web: link eth7 is not there", error.Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void A_route_whose_gateway_is_on_no_link_undoes_all_and_keeps_the_kernels_words() => Lab.Run(static lab =>
    {
        CnmException error = FailsWithoutTrace(lab, [.. lab.Shape.All, lab.Shape.Route("198.51.100.0/24", "192.0.2.1")]);
        Assert.Contains("route to 198.51.100.0/24 by eth0 of web", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nexthop has invalid gateway", error.Message, StringComparison.Ordinal);
    });

    [KernelFact]
    public void A_route_of_somebody_else_is_a_conflict_and_stays() => Lab.Run(static lab =>
    {
        RouteObject route = lab.Shape.Route("198.51.100.0/24", "172.18.0.1");
        lab.Add(lab.Shape.All);
        Command.Run("ip -n web route add 198.51.100.0/24 via 172.18.0.9");
        Assert.Equal(CnmErrorKind.Conflict, FailsWithoutTrace(lab, [route]).Kind);
        Assert.Empty(lab.Remove(route));
        Assert.Single(Command.Json("ip -n web -j route show 198.51.100.0/24").EnumerateArray());
    });

    [KernelFact]
    public void A_resolver_that_cannot_be_led_to_undoes_all() => Lab.Run(static lab =>
    {
        lab.Resolver.Refuses = true;
        FailsWithoutTrace(lab, lab.Shape.All);
        Assert.Null(lab.Resolver.PortOf(lab.Shape.Resolver.Sandbox));
    });

    [KernelFact]
    public void A_failed_replacement_puts_the_old_one_back() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        var change = new StateChange(
            [lab.Shape.Route("198.51.100.0/24", "192.0.2.1")],
            [
                (lab.Shape.Bridge, lab.Shape.Bridge with { Mtu = 1450 }),
                (lab.Shape.Veth, lab.Shape.Veth with { Mtu = 1300, Hairpin = true }),
                (lab.Shape.DefaultRoute, lab.Shape.DefaultRoute with { Gateway = IPAddress.Parse("172.18.0.9") }),
                (lab.Shape.Hosts, lab.Shape.Hosts with { Content = "other" }),
                (lab.Shape.Resolver, lab.Shape.Resolver with { Port = 40054 }),
            ],
            [lab.Shape.Port]);
        Assert.Throws<CnmException>(() => lab.Engine.Apply(change));
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.Equal(40053, lab.Resolver.PortOf(lab.Shape.Resolver.Sandbox));
    });

    private static bool TryBind(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Bind(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static CnmException FailsWithoutTrace(Lab lab, IEnumerable<DesiredObject> things)
    {
        string before = lab.Snapshot();
        int policies = lab.Firewall.Policies.Count;
        CnmException error = Assert.Throws<CnmException>(() => lab.Engine.Apply(new StateChange([.. things], [], [])));
        Assert.DoesNotContain("could not all be undone", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.Split('\n'), lab.Snapshot().Split('\n'));
        Assert.Equal(policies, lab.Firewall.Policies.Count);
        return error;
    }
}
