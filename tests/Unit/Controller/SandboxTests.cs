using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class SandboxTests
{
    private static readonly PortSpec Web = new() { HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };

    [Fact]
    public async Task A_container_without_a_network_is_on_the_default_one_with_a_made_up_name()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxCreated created = await test.Controller.CreateSandbox(new SandboxCreateRequest()).RunAsync(default);
        Sandbox sandbox = test.Controller.FindSandbox(created.Id.Short);
        Assert.Matches("^[a-z]+_[a-z]+$", sandbox.Name);
        Assert.Equal(created.Id.Short, sandbox.HostName);
        Endpoint endpoint = Assert.Single(test.Controller.EndpointsOf(created.Id));
        Assert.Equal(("bridge", "eth0"), (test.Controller.Snapshot[endpoint.Network].Name, endpoint.InterfaceName));
        Assert.Null(sandbox.ResolverPort);
        Assert.DoesNotContain("127.0.0.53", test.EtcFile(sandbox.Name, "resolv.conf"), StringComparison.Ordinal);
        Assert.Contains("nameserver 192.0.2.53\n", test.EtcFile(sandbox.Name, "resolv.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_user_network_it_has_names_a_way_out_and_its_files()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        SandboxCreated created = await test.CreateAsync("web", "front");
        Endpoint endpoint = test.Controller.EndpointsOf(created.Id)[0];
        Assert.InRange(test.Object<ResolverListener>($"resolver:{created.Id}").Port, 49152, 65535);
        Assert.Equal("eth0", test.Object<RouteObject>("route:web:0.0.0.0/0").Link);
        Assert.Equal(test.Controller.FindNetwork("front").Pools[1].Gateway, test.Object<RouteObject>("route:web:::/0").Gateway);
        Assert.Equal("nameserver 127.0.0.11\nsearch example.org\noptions ndots:0\n", test.EtcFile("web", "resolv.conf"));
        Assert.Equal($"{created.Id.Short}\n", test.EtcFile("web", "hostname"));
        string hosts = test.EtcFile("web", "hosts");
        Assert.StartsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n", hosts, StringComparison.Ordinal);
        Assert.EndsWith(
            $"{endpoint.IPv4!.Address}\t{created.Id.Short}\n{endpoint.IPv6!.Address}\t{created.Id.Short}\n", hosts,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_mode_makes_nothing_and_says_what_it_ignores()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string[] before = [.. test.Engine.Kernel.Keys];
        SandboxCreated created = await test.CreateAsync("c", "host", run: true, ports: Web);
        Assert.Equal(["Published ports are discarded when using host network mode"], created.Warnings);
        Assert.Equal(before.Order(), test.Engine.Kernel.Keys.Order());
        await test.Controller.StartSandbox("c", attach: false).RunAsync(default);
        SandboxProcessSpec spec = Assert.Single(test.Processes.Started);
        Assert.Null(spec.NamespacePath);
        Assert.Null(spec.HostName);
        Assert.Empty(spec.Files);
    }

    [Fact]
    public async Task None_mode_has_a_namespace_and_nothing_in_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxCreated created = await test.CreateAsync("c", "none", ports: Web);
        Assert.Single(created.Warnings);
        Assert.Equal(
            ["NamespaceName", "NamespaceObject", "SandboxFile", "SandboxFile", "SandboxFile", "SysctlObject", "SysctlObject"],
            test.Engine.Owned.Where(o => o.Owner == OwnerId.Of(created.Id)).Select(o => o.GetType().Name).Order(StringComparer.Ordinal));
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => ConnectAsync(test, "c", "bridge"));
        Assert.Equal(CnmErrorKind.Forbidden, error.Kind);
    }

    [Fact]
    public async Task A_taken_name_is_refused_in_Dockers_words()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxCreated first = await test.CreateAsync("web");
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.CreateAsync("web"));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Equal(
            $"Conflict. The container name \"/web\" is already in use by container \"{first.Id}\". You have to remove (or rename) that "
                + "container to be able to reuse that name.",
            error.Message);
    }

    [Fact]
    public async Task A_command_gets_the_usual_environment_and_what_the_user_gave_over_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = "c",
                HostName = "box",
                Process = new ProcessConfig { Command = ["env"], Environment = ["HOME=/tmp", "A=1", "A=2"], Terminal = true },
            }).RunAsync(default);
        Assert.Equal(
            ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=box", "TERM=xterm", "HOME=/tmp", "A=2"],
            test.Controller.FindSandbox("c").Process!.Environment);
    }

    [Fact]
    public async Task A_second_network_brings_a_second_interface_and_leaves_the_way_out()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        await test.CreateAsync("web", "front");
        Endpoint endpoint = await ConnectAsync(test, "web", "back");
        Assert.Equal(("eth1", 1), (endpoint.InterfaceName, endpoint.Order));
        Assert.Equal("eth0", test.Object<RouteObject>("route:web:0.0.0.0/0").Link);

        await test.Controller.Disconnect("front", "web").RunAsync(default);
        Assert.Equal("eth1", test.Object<RouteObject>("route:web:0.0.0.0/0").Link);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.Disconnect("front", "web").RunAsync(default));
        Assert.Equal(CnmErrorKind.NotFound, error.Kind);
        Assert.Equal("eth2", (await ConnectAsync(test, "web", "front")).InterfaceName);
    }

    [Fact]
    public async Task An_internal_network_has_no_way_out_and_carries_no_ports()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        await test.NetworkAsync("front");
        SandboxCreated created = await test.CreateAsync("web", "inside", ports: Web);
        Assert.Single(created.Warnings);
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o.Label == "route:web:0.0.0.0/0");
        Assert.True(test.Views.UpstreamsOf(created.Id).Policy.IsForbidden);

        Endpoint endpoint = await ConnectAsync(test, "web", "front");
        Assert.Equal("eth1", test.Object<RouteObject>("route:web:0.0.0.0/0").Link);
        Assert.Equal(endpoint.IPv4!.Address, test.Object<PublishedPort>("firewall-port:0.0.0.0:8080/tcp").ContainerAddress);
        Assert.False(test.Views.UpstreamsOf(created.Id).Policy.IsForbidden);
    }

    [Fact]
    public async Task Ports_move_to_the_next_network_when_theirs_is_left_and_keep_their_numbers()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        await test.CreateAsync("web", "front", ports: [Web with { HostPort = null }]);
        ushort port = HostPortOf(test, "web");
        Endpoint back = await ConnectAsync(test, "web", "back");
        await test.Controller.Disconnect("front", "web").RunAsync(default);
        Assert.Equal(port, HostPortOf(test, "web"));
        Assert.Equal(back.IPv4!.Address, test.Object<PublishedPort>($"firewall-port:0.0.0.0:{port}/tcp").ContainerAddress);
    }

    [Fact]
    public async Task A_port_that_another_container_has_is_refused_with_its_name()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web", ports: Web);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.CreateAsync("web2", ports: Web with { HostAddress = IPAddress.Loopback }));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("\"web\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picked_port_that_another_program_has_is_picked_anew()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        int refused = 0;
        test.Engine.Refuse = change =>
            change.Add.Any(o => o is HeldPort) && refused++ < 3 ? new CnmException(CnmErrorKind.Conflict, "port taken") : null;
        await test.CreateAsync("web", ports: [Web with { HostPort = null }]);
        Assert.Equal(32768 + 3, HostPortOf(test, "web"));

        test.Engine.Refuse = change => change.Add.Any(o => o is HeldPort) ? new CnmException(CnmErrorKind.Conflict, "port taken") : null;
        await Assert.ThrowsAsync<CnmException>(() => test.CreateAsync("web2", ports: [Web with { HostPort = 81 }]));
    }

    [Fact]
    public async Task An_address_of_ones_own_is_for_user_networks_and_must_fit()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateNetwork(
            new NetworkCreateRequest
            {
                Name = "front",
                Subnets = [SubnetRequest.Parse("10.1.0.0/24", null, null, null)],
            }).RunAsync(default);
        Assert.Equal("10.1.0.9/24", (await ConnectWithAsync("a", "front", "10.1.0.9")).IPv4!.ToString());
        await RefusedAsync(CnmErrorKind.InvalidParameter, "bridge", "172.17.0.9");
        await RefusedAsync(CnmErrorKind.Conflict, "front", "10.1.0.9");
        await RefusedAsync(CnmErrorKind.InvalidParameter, "front", "10.2.0.9");
        await RefusedAsync(CnmErrorKind.InvalidParameter, "front", "10.1.0.255");
        await RefusedAsync(CnmErrorKind.InvalidParameter, "front", "fd00::1");

        async Task<Endpoint> ConnectWithAsync(string name, string network, string address)
        {
            SandboxCreated created = await test.Controller.CreateSandbox(
                new SandboxCreateRequest
                {
                    Name = name,
                    Networks = [new EndpointRequest { Network = network, IPv4 = IPAddress.Parse(address) }],
                }).RunAsync(default);
            return test.Controller.EndpointsOf(created.Id)[0];
        }

        async Task RefusedAsync(CnmErrorKind kind, string network, string address)
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => ConnectWithAsync("other", network, address));
            Assert.True(kind == error.Kind, $"{error.Kind}: {error.Message}");
            Assert.Throws<CnmException>(() => test.Controller.FindSandbox("other"));
        }
    }

    [Fact]
    public async Task Host_cannot_be_connected_to_nor_one_network_twice()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        Assert.Equal(CnmErrorKind.Forbidden, (await Assert.ThrowsAsync<CnmException>(() => ConnectAsync(test, "web", "host"))).Kind);
        Assert.Equal(CnmErrorKind.Forbidden, (await Assert.ThrowsAsync<CnmException>(() => ConnectAsync(test, "web", "bridge"))).Kind);
        Assert.Equal(
            "No such container: nobody; netctl ps -a lists those that are there",
            (await Assert.ThrowsAsync<CnmException>(() => ConnectAsync(test, "nobody", "bridge"))).Message);
    }

    private static Task<Endpoint> ConnectAsync(ControllerUnderTest test, string sandbox, string network) =>
        test.Controller.Connect(new ConnectRequest { Sandbox = sandbox, Endpoint = new EndpointRequest { Network = network } })
            .RunAsync(default);

    private static ushort HostPortOf(ControllerUnderTest test, string sandbox) =>
        Assert.Single(test.Controller.FindSandbox(sandbox).Ports.Select(p => p.HostPort).Distinct());
}
