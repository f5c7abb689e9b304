using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Ports;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class PublishingTests
{
    [Fact]
    public async Task A_port_on_all_addresses_of_both_families_is_held_once()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web", ports: PortSpecParser.Parse("8000-8010:80-90"));
        HeldPort held = Assert.Single(test.Engine.Kernel.Values.OfType<HeldPort>());
        Assert.Equal((IPAddress.IPv6Any, true, true, 11), (held.Address, held.DualStack, held.ForwardAllIPv6, (int)held.Count));
        Assert.Equal(test.Controller.EndpointsOf(test.Controller.FindSandbox("web").Id)[0].IPv4!.Address, held.ForwardAddress);
        Assert.Equal(11, Assert.Single(test.Engine.Kernel.Values.OfType<PublishedPort>()).Count);
    }

    [Fact]
    public async Task IPv6_moves_to_the_first_network_that_has_it_and_IPv4_stays()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("six", ipv6: true);
        await test.CreateAsync("web", "front", ports: PortSpecParser.Parse("8080:80"));
        Assert.False(test.Engine.Kernel.ContainsKey("firewall-port::::8080/tcp"));

        Endpoint six = await ConnectAsync(test, "web", "six");
        Endpoint front = test.Controller.EndpointsOf(six.Sandbox)[0];
        Assert.Equal(front.IPv4!.Address, test.Object<PublishedPort>("firewall-port:0.0.0.0:8080/tcp").ContainerAddress);
        Assert.Equal(six.IPv6!.Address, test.Object<PublishedPort>("firewall-port::::8080/tcp").ContainerAddress);
        HeldPort held = Assert.Single(test.Engine.Kernel.Values.OfType<HeldPort>());
        Assert.Equal((true, false, six.IPv6.Address), (held.DualStack, held.ForwardAllIPv6, held.ForwardAddress));
    }

    [Fact]
    public async Task In_a_routed_family_a_port_is_opened_and_the_host_port_left_to_others()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await NetworkAsync(test, "routed", ("com.docker.network.bridge.gateway_mode_ipv4", "routed"));
        await test.CreateAsync("web", "routed", ports: PortSpecParser.Parse("127.0.0.1:8080:80"));
        Assert.Equal(80, Assert.Single(test.Engine.Kernel.Values.OfType<OpenPort>()).ContainerPort);
        Assert.Empty(test.Engine.Kernel.Values.OfType<HeldPort>());

        await test.CreateAsync("other", ports: PortSpecParser.Parse("8080:80"));
        Assert.Single(test.Engine.Kernel.Values.OfType<HeldPort>());
    }

    [Fact]
    public async Task On_a_routed_network_that_is_not_the_way_out_ports_are_opened_in_runs_that_do_not_overlap()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await NetworkAsync(test, "routed", ("com.docker.network.bridge.gateway_mode_ipv4", "routed"));
        await test.CreateAsync(
            "web", "front",
            ports:
            [
                .. new[] { "8080:80", "8081:80", "8000-8003:82-85", "9000-9003:84-87", "9100:80/udp", "127.0.0.1:8090:90" }
                    .Select(PortSpecParser.Parse),
            ]);
        Assert.Empty(test.Engine.Kernel.Values.OfType<OpenPort>());
        Endpoint routed = await ConnectAsync(test, "web", "routed");
        Assert.Equal(
            [(PortProtocol.Tcp, 80, 1), (PortProtocol.Tcp, 82, 6), (PortProtocol.Udp, 80, 1)],
            test.Engine.Kernel.Values.OfType<OpenPort>()
                .OrderBy(port => port.Protocol).ThenBy(port => port.ContainerPort)
                .Select(port => (port.Protocol, (int)port.ContainerPort, (int)port.Count)));
        Assert.All(
            test.Engine.Kernel.Values.OfType<OpenPort>(), port => Assert.Equal(routed.IPv4!.Address, port.ContainerAddress));
        await test.Controller.Disconnect("routed", "web").RunAsync(default);
        Assert.Empty(test.Engine.Kernel.Values.OfType<OpenPort>());
    }

    [Fact]
    public async Task What_a_sandbox_needs_on_one_network_for_its_being_on_another_comes_and_goes_with_that()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("one", ipv6: true);
        await test.NetworkAsync("two", ipv6: true);
        await test.NetworkAsync("inner", isInternal: true);
        await test.CreateAsync("web", "one", ports: PortSpecParser.Parse("8080:80"));
        Assert.DoesNotContain(test.Engine.Kernel.Values, desired => desired is HairpinPolicy or SourcePolicy);
        Endpoint one = test.Controller.EndpointsOf(test.Controller.FindSandbox("web").Id)[0];

        Endpoint two = await ConnectAsync(test, "web", "two");
        Endpoint inner = await ConnectAsync(test, "web", "inner");
        Assert.Equal(
            new[]
            {
                $"firewall-hairpin:{one.IPv4!.Address}:{two.IPv4!.Subnet}",
                $"firewall-hairpin:{one.IPv4.Address}:{inner.IPv4!.Subnet}",
                $"firewall-hairpin:{one.IPv6!.Address}:{two.IPv6!.Subnet}",
            }.Order(StringComparer.Ordinal),
            test.Engine.Kernel.Values.OfType<HairpinPolicy>().Select(policy => policy.Key).Order(StringComparer.Ordinal));

        // Of the internal network neither the link nor the address is among them.
        Assert.Equal(
            new[] { one.IPv4.Address, one.IPv6.Address, two.IPv4.Address, two.IPv6.Address }.Select(address => $"{address}").Order(),
            test.Engine.Kernel.Values.OfType<SourcePolicy>().Select(policy => $"{policy.Address}").Order());

        await test.Controller.Disconnect("two", "web").RunAsync(default);
        await test.Controller.Disconnect("inner", "web").RunAsync(default);
        Assert.DoesNotContain(test.Engine.Kernel.Values, desired => desired is HairpinPolicy or SourcePolicy);
    }

    [Fact]
    public async Task A_networks_binding_is_for_its_own_family_and_the_other_family_follows_its_own_network()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await NetworkAsync(test, "local", ("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1"));
        await test.CreateAsync("web", "local", ports: PortSpecParser.Parse("8080:80"));
        Assert.Equal(["127.0.0.1"], test.Controller.FindSandbox("web").Ports.Select(p => p.HostAddress.ToString()));

        await test.NetworkAsync("six", ipv6: true);
        await ConnectAsync(test, "web", "six");
        Assert.Equal(["127.0.0.1", "::"], test.Controller.FindSandbox("web").Ports.Select(p => p.HostAddress.ToString()));
    }

    [Fact]
    public async Task Picked_ports_keep_their_numbers_whichever_specification_comes_first()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync(
            "web", "front", ports: [.. new[] { "80", "127.0.0.1::80", "90-92", "8000-8010:95", "8001:80" }.Select(PortSpecParser.Parse)]);
        IReadOnlyList<PortMapping> before = test.Controller.FindSandbox("web").Ports;
        await test.NetworkAsync("back");
        await ConnectAsync(test, "web", "back");
        await test.Controller.Disconnect("front", "web").RunAsync(default);
        Assert.Equal(before, test.Controller.FindSandbox("web").Ports);
    }

    [Fact]
    public async Task Of_a_host_range_the_next_is_tried_when_another_program_has_the_first()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Refuse = change =>
            change.Add.OfType<HeldPort>().Any(p => p.Port < 8002) ? new CnmException(CnmErrorKind.Conflict, "port taken") : null;
        await test.CreateAsync("web", ports: PortSpecParser.Parse("8000-8010:80"));
        Assert.All(test.Controller.FindSandbox("web").Ports, port => Assert.Equal(8002, port.HostPort));
    }

    [Fact]
    public async Task Ports_of_an_ended_container_are_free_for_others()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxCreated created = await test.RunAsync("web", ports: PortSpecParser.Parse("8000-8010:80-90"));
        await Assert.ThrowsAsync<CnmException>(() => test.CreateAsync("other", ports: PortSpecParser.Parse("8005:80")));
        test.Processes.End(created.Id, 0);
        await test.Controller.WaitSandboxAsync("web", default);
        await test.CreateAsync("other", ports: PortSpecParser.Parse("8005:80"));

        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.StartSandbox("web", attach: false).RunAsync(default));
        Assert.Contains("\"other\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_publish_all_what_is_exposed_and_not_asked_for_is_published_too()
    {
        Sandbox sandbox = new()
        {
            Id = Net.Cnm.Identifiers.SandboxId.New(),
            Name = "web",
            HostName = "web",
            Created = DateTimeOffset.UnixEpoch,
            PortSpecs = [PortSpecParser.Parse("8080:3002"), PortSpecParser.Parse("53/udp")],
            ExposedPorts = [.. new[] { "3000-3005", "3004-3007", "53", "65535" }.Select(PortSpecParser.ParseExposed)],
        };
        Assert.Equal(["8080:3002/tcp", "53/udp"], Shown(sandbox));
        Assert.Equal(
            ["8080:3002/tcp", "53/udp", "53/tcp", "3000-3001/tcp", "3003-3007/tcp", "65535/tcp"], Shown(
                sandbox with { PublishAll = true }));

        static IEnumerable<string> Shown(Sandbox sandbox) => PublishedSpecs.Of(sandbox).Select(s => s.ToString());
    }

    [Fact]
    public async Task A_guard_that_stands_is_in_the_plan_and_in_no_change()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { IPv4Forwarding = ForwardingState.OnByUs, IPv6Forwarding = ForwardingState.Off };
        await test.NetworkAsync("six", ipv6: true);
        Assert.Equal([true], test.Engine.Changes[^1].Add.OfType<ForwardingGuard>().Select(g => g.IPv6));

        test.Engine.Facts = test.Engine.Facts with { IPv6Forwarding = ForwardingState.OnByUs };
        await test.NetworkAsync("seven", ipv6: true);
        Assert.Empty(test.Engine.Changes[^1].Add.OfType<ForwardingGuard>());
        Assert.Contains(
            "firewall-forwarding:ipv4", (await test.Controller.DiffAsync(default)).Missing.Select(o => o.Key));
    }

    private static Task<NetworkCreated> NetworkAsync(
        ControllerUnderTest test, string name, params (string Key, string Value)[] options) =>
        test.Controller.CreateNetwork(
            new NetworkCreateRequest { Name = name, Options = options.ToDictionary(o => o.Key, o => o.Value) }).RunAsync(default);

    private static Task<Endpoint> ConnectAsync(ControllerUnderTest test, string sandbox, string network) =>
        test.Controller.Connect(new ConnectRequest { Sandbox = sandbox, Endpoint = new EndpointRequest { Network = network } })
            .RunAsync(default);
}
