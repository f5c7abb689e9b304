using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class ProcessTests
{
    private static readonly PortSpec Web = new() { HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };

    [Fact]
    public async Task When_a_command_ends_its_network_goes_and_its_exit_code_stays()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string kernel = Keys(test);
        string reserved = test.Ipam.Reserved;
        SandboxId id = (await test.RunAsync("web", ports: Web)).Id;
        Sandbox running = test.Controller.FindSandbox("web");
        Assert.Equal((SandboxState.Running, 4711), (running.State, running.ProcessId));

        Task<int> wait = test.Controller.WaitSandboxAsync("web", default);
        test.Processes.End(id, 3);
        Assert.Equal(3, await wait);
        Sandbox ended = test.Controller.FindSandbox("web");
        Assert.Equal((SandboxState.Exited, 3, null), (ended.State, ended.ExitCode, ended.ProcessId));
        Assert.Empty(ended.Ports);
        Assert.Null(test.Controller.EndpointsOf(id)[0].IPv4);
        Assert.Equal(kernel, Keys(test));
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.Equal(3, await test.Controller.WaitSandboxAsync("web", default));

        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.NotNull(test.Controller.EndpointsOf(id)[0].IPv4);
        Assert.All(test.Controller.FindSandbox("web").Ports, port => Assert.Equal(8080, port.HostPort));
    }

    [Fact]
    public async Task With_auto_removal_nothing_stays_but_the_exit_code_for_who_waits()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string kernel = Keys(test);
        SandboxId id = (await test.RunAsync("web", autoRemove: true)).Id;
        Task<int> wait = test.Controller.WaitSandboxAsync("web", default);
        test.Processes.End(id, 7);
        Assert.Equal(7, await wait);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Contains(id, test.Processes.Forgotten);
        Assert.Equal(kernel, Keys(test));
        Assert.Empty(test.Stored().Sandboxes);
    }

    [Fact]
    public async Task A_log_has_the_limits_of_its_container_after_a_restart_too_and_the_daemons_in_place_of_those_it_leaves_open()
    {
        var settings = new ControllerUnderTest.Settings { Log = new LogLimits { MaximumSize = 5000, MaximumFiles = 5 } };
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(settings);
        await test.Controller.CreateSandbox(new SandboxCreateRequest
        {
            Name = "own",
            Log = new LogLimits { MaximumFiles = 2 },
            Process = new ProcessConfig { Command = ["true"] },
        }).RunAsync(default);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await test.Controller.StartSandbox("own", attach: true).RunAsync(default);
        await test.RunAsync("open");

        Assert.Equal(
            [(5000L, 2, true), (5000L, 5, false)],
            test.Processes.Started.Select(spec => (spec.Log.MaximumSize!.Value, spec.Log.MaximumFiles!.Value, spec.IsAttached)));
    }

    [Fact]
    public async Task Stop_returns_when_all_that_follows_has_been_done()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web");
        await test.Controller.StopSandbox("web", TimeSpan.FromSeconds(10), null).RunAsync(default);
        Assert.Equal((SandboxState.Exited, 143), (test.Controller.FindSandbox("web").State, test.Controller.FindSandbox("web").ExitCode));
        await test.Controller.StopSandbox("web", TimeSpan.FromSeconds(10), null).RunAsync(default);
    }

    [Fact]
    public async Task A_running_container_is_removed_only_by_force()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string kernel = Keys(test);
        await test.RunAsync("web");
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.RemoveSandbox("web", force: false).RunAsync(default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Equal(
            "cannot remove container \"web\": container is running: stop the container before removing or force remove", error.Message);
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Equal(kernel, Keys(test));
        Assert.Equal(
            CnmErrorKind.NotFound,
            (await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveSandbox("web", force: true).RunAsync(default))).Kind);
    }

    [Fact]
    public async Task A_command_that_is_not_there_leaves_the_container_as_it_was_but_for_the_reason()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("web", "front", run: true);
        string before = ControllerUnderTest.Text(test.Controller.Snapshot, withExits: false) + test.Ipam.Reserved + Keys(test);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such program");
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.StartSandbox("web", attach: true).RunAsync(default));
        Assert.Equal(CnmErrorKind.CommandNotFound, error.Kind);
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot, withExits: false) + test.Ipam.Reserved + Keys(test));
        Sandbox web = test.Controller.FindSandbox("web");
        Assert.Equal((127, "no such program"), (web.ExitCode, web.StartError));

        test.Processes.RefuseStart = null;
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Null(test.Controller.FindSandbox("web").StartError);
        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        before = ControllerUnderTest.Text(test.Controller.Snapshot, withExits: false) + test.Ipam.Reserved + Keys(test);
        test.Processes.RefuseStart = new CnmException(CnmErrorKind.CommandNotFound, "no such program");
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox("web", attach: true).RunAsync(default));
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot, withExits: false) + test.Ipam.Reserved + Keys(test));
    }

    [Fact]
    public async Task A_container_without_a_command_is_up_at_once_and_its_shim_holds_it_until_it_is_stopped()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId id = (await test.CreateAsync("box")).Id;
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("box").State);
        Assert.True(test.Processes.IsAlive(id));
        var identify = new ProcessConfig { Command = ["id"], Environment = ["A=1"] };
        await using (await test.Controller.ExecAsync("box", "e1", identify, null, default))
        {
        }

        await using (await test.Controller.ExecAsync("box", "e1", new ProcessConfig { Command = ["id"] }, null, default))
        {
        }

        SandboxProcessSpec spec = test.Processes.Started[0];
        Assert.Null(spec.Process);
        Assert.Equal($"/run/test/netns/{id}", spec.NamespacePath);
        Assert.Equal(["/etc/hosts", "/etc/resolv.conf", "/etc/hostname"], spec.Files.Select(f => f.Target));
        Assert.Contains($"HOSTNAME={id.Short}", test.Processes.LastExec!.Environment);
        Assert.True(await test.Controller.StopSandbox("box", TimeSpan.Zero, signal: null).RunAsync(default));
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("box").State);
        Assert.DoesNotContain(test.Engine.Kernel.Keys, key => key.Contains(id.Value, StringComparison.Ordinal));
        await test.Controller.StartSandbox("box", attach: false).RunAsync(default);
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("box").State);
        Assert.True(test.Processes.IsAlive(id));
        await test.Controller.RemoveSandbox("box", force: false).RunAsync(default);
        Assert.False(test.Processes.IsAlive(id));
    }

    [Fact]
    public async Task A_static_address_stays_reserved_while_the_container_is_stopped()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateNetwork(
            new NetworkCreateRequest
            {
                Name = "front",
                Subnets = [SubnetRequest.Parse("10.1.0.0/24", null, null, null)],
            }).RunAsync(default);
        SandboxCreated created = await test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = "a",
                Networks = [new EndpointRequest { Network = "front", IPv4 = System.Net.IPAddress.Parse("10.1.0.9") }],
                Process = new ProcessConfig { Command = ["true"] },
            }).RunAsync(default);
        await test.Controller.StartSandbox("a", attach: false).RunAsync(default);
        await test.Controller.StopSandbox("a", TimeSpan.Zero, null).RunAsync(default);
        Endpoint endpoint = Assert.Single(test.Controller.EndpointsOf(created.Id));
        Assert.Equal("10.1.0.9/24", endpoint.IPv4!.ToString());
        Assert.Contains("10.1.0.9", test.Ipam.Addresses);
        await test.Controller.RemoveSandbox("a", force: false).RunAsync(default);
        Assert.DoesNotContain("10.1.0.9", test.Ipam.Addresses);
    }

    private static string Keys(ControllerUnderTest test) =>
        string.Join('\n', test.Engine.Owned.Select(o => o.Key).Order(StringComparer.Ordinal));
}
