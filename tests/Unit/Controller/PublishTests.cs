using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Ports that come and go while a container is there.</summary>
public sealed class PublishTests
{
    private static readonly PortSpec Web = new() { HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };
    private static readonly PortSpec Secure = new() { HostPort = 8443, ContainerPort = 443, Protocol = PortProtocol.Tcp };
    private static readonly PortSpec Picked = new() { ContainerPort = 80, Protocol = PortProtocol.Tcp };

    [Fact]
    public async Task A_port_is_published_on_a_running_container_and_nothing_else_is_touched()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: Web);
        test.Engine.Changes.Clear();

        PortsPublished published = await test.Controller.PublishPortsAsync("web", [Secure], default);

        Assert.Empty(published.Warnings);
        Assert.All(published.Mappings, m => Assert.Equal((8443, 443), (m.HostPort, m.ContainerPort)));
        Assert.Contains(published.Mappings, m => m.HostAddress.Equals(IPAddress.Any));
        StateChange change = Assert.Single(test.Engine.Changes);
        Assert.Empty(change.Replace);
        Assert.Empty(change.Remove);
        Assert.All(change.Add, o => Assert.True(o is HeldPort { Port: 8443 } or PublishedPort { HostPort: 8443 }, o.Key));
        Assert.Equal([Web, Secure], test.Stored().FindSandbox("web").PortSpecs);
    }

    [Fact]
    public async Task What_is_published_already_is_told_again()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: [Web, Secure]);
        test.Engine.Changes.Clear();

        PortsPublished published = await test.Controller.PublishPortsAsync("web", [Web], default);

        Assert.NotEmpty(published.Mappings);
        Assert.All(published.Mappings, m => Assert.Equal(8080, m.HostPort));
        Assert.Empty(test.Engine.Changes);
        Assert.Equal([Web, Secure], test.Controller.FindSandbox("web").PortSpecs);
    }

    [Fact]
    public async Task A_taken_port_changes_nothing_and_names_the_holder()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("other", ports: Web);
        await test.RunAsync("web", ports: Secure);

        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.PublishPortsAsync("web", [Web], default));

        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("other", error.Message, StringComparison.Ordinal);
        Assert.Equal([Secure], test.Controller.FindSandbox("web").PortSpecs);
    }

    [Fact]
    public async Task Ports_of_an_ended_container_take_effect_at_its_next_start()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: Web);
        await test.Controller.StopSandboxAsync("web", TimeSpan.Zero, null, default);

        PortsPublished published = await test.Controller.PublishPortsAsync("web", [Secure], default);
        await test.Controller.UnpublishPortsAsync("web", [Web], default);

        Assert.Empty(published.Mappings);
        Assert.Equal(["container web does not run: its ports are published when it is started"], published.Warnings);
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.PublishPortsAsync("web", [Web with { HostPort = 8443 }], default));
        await test.Controller.StartSandboxAsync("web", attach: false, default);
        Assert.All(test.Controller.FindSandbox("web").Ports, p => Assert.Equal(8443, p.HostPort));
    }

    [Theory]
    [InlineData("host", "Published ports are discarded when using host network mode")]
    [InlineData("none", "Published ports are discarded when using network none")]
    public async Task A_container_without_a_stack_of_its_own_is_left_alone_with_a_warning(string network, string warning)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", network);

        PortsPublished published = await test.Controller.PublishPortsAsync("web", [Web], default);

        Assert.Equal([warning], published.Warnings);
        Assert.Empty(test.Controller.FindSandbox("web").PortSpecs);
    }

    [Fact]
    public async Task A_port_is_taken_back_and_can_be_had_by_another()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: [Web, Secure]);
        test.Engine.Changes.Clear();

        await test.Controller.UnpublishPortsAsync("web", [new PortSpec { ContainerPort = 80, Protocol = PortProtocol.Tcp }], default);

        StateChange change = Assert.Single(test.Engine.Changes);
        Assert.Empty(change.Add);
        Assert.Empty(change.Replace);
        Assert.All(change.Remove, o => Assert.True(o is HeldPort { Port: 8080 } or PublishedPort { HostPort: 8080 }, o.Key));
        await test.RunAsync("other", ports: Web);
    }

    [Fact]
    public async Task A_second_picked_port_leaves_the_first_its_number()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: Picked);
        ushort first = test.Controller.FindSandbox("web").Ports[0].HostPort;

        await test.Controller.PublishPortsAsync("web", [Picked with { ContainerPort = 443 }], default);
        await test.Controller.UnpublishPortsAsync("web", [Picked with { ContainerPort = 443 }], default);

        Assert.All(test.Controller.FindSandbox("web").Ports, p => Assert.Equal((first, 80), (p.HostPort, p.ContainerPort)));
        await test.Controller.UnpublishPortsAsync("web", [Picked with { HostPort = first }], default);
        Assert.Empty(test.Controller.FindSandbox("web").Ports);
        Assert.Empty(test.Controller.FindSandbox("web").PortSpecs);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web", ports: Web);
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);

        IReadOnlyList<string> publish = await test.Controller.ExplainPublishPortsAsync("web", [Secure], default);
        IReadOnlyList<string> unpublish = await test.Controller.ExplainUnpublishPortsAsync("web", [Web], default);

        Assert.Contains("add firewall-port:0.0.0.0:8443/tcp", publish);
        Assert.Contains("remove firewall-port:0.0.0.0:8080/tcp", unpublish);
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));
    }

    [Fact]
    public async Task Traffic_is_read_for_the_ports_of_one_network_and_told_by_container()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        await test.RunAsync("web", "front", ports: Web);
        await test.RunAsync("app", "front", ports: Secure);
        await test.RunAsync("db", "back", ports: Web with { HostPort = 5432 });
        test.Engine.Packets = 7;

        IReadOnlyList<SandboxTraffic> traffic = await test.Controller.ReadTrafficAsync("front", default);

        Assert.Equal(
            [("app", 8443, 7UL), ("web", 8080, 7UL)],
            traffic.Where(t => t.Traffic.Port.HostAddress.Equals(IPAddress.Any))
                .Select(t => (t.Sandbox.Name, (int)t.Traffic.Port.HostPort, t.Traffic.Packets)));
    }
}
