using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Plugins;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Controller.Plugins;

/// <summary>What plug-ins are told, whatever happens while they are asked. None of it is lost, and nobody waits for long.</summary>
public sealed class PluginLifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_pool_is_stored_before_the_next_question_so_that_it_can_be_given_back()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        IReadOnlyList<string> stored = [];
        plugins.Before = (question, _) =>
        {
            if (question == "book RequestGateway")
            {
                stored = [.. test.Stored().Networks.SelectMany(network => network.Pools).Select(pool => $"{pool.Id}")];
                throw Silent();
            }

            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<CnmException>(() => NetworkAsync(test, "net", "bridge", "book"));
        Assert.Contains("pool", stored);
        Assert.Empty(plugins.Known);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_when_its_plug_in_has_joined_it_leaves_before_it_is_deleted()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins, new HurriedTime());
        await NetworkAsync(test, "net", "wires");
        await test.RunAsync("web");
        TaskCompletionSource asked = Holding(plugins, "wires Join", out TaskCompletionSource answer);
        Task connect = ConnectAsync(test, "web", "net");
        await asked.Task.WaitAsync(Patience);
        Task removal = test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.Sandboxes.Count == 0);
        answer.SetResult();
        await Assert.ThrowsAsync<CnmException>(() => connect.WaitAsync(Patience));
        await removal.WaitAsync(Patience);
        await Eventually.HoldsAsync(() => !plugins.Known.Any(known => known.StartsWith("endpoint", StringComparison.Ordinal)));
        Assert.Equal(["wires Leave", "wires DeleteEndpoint"], plugins.Calls.TakeLast(2));
        Assert.DoesNotContain(plugins.Known, known => known.StartsWith("joined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_comes_when_the_container_is_gone_is_given_back()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins, new HurriedTime());
        await NetworkAsync(test, "net", "bridge", "book");
        await test.RunAsync("web");
        TaskCompletionSource asked = Holding(plugins, "book RequestAddress", out TaskCompletionSource answer);
        Task connect = ConnectAsync(test, "web", "net");
        await asked.Task.WaitAsync(Patience);
        Task removal = test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await Eventually.HoldsAsync(() => test.Controller.Sandboxes.Count == 0);
        answer.SetResult();
        await Assert.ThrowsAsync<CnmException>(() => connect.WaitAsync(Patience));
        await removal.WaitAsync(Patience);
        await Eventually.HoldsAsync(() => plugins.Known.SequenceEqual(["address 10.99.0.1", "pool"]));
    }

    [Fact]
    public async Task A_way_out_that_could_not_be_told_is_told_later()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "first", "wires-a");
        await NetworkAsync(test, "second", "wires-b");
        await test.RunAsync("web", "first");
        await ConnectAsync(test, "web", "second");
        plugins.Before = (question, _) => question == "wires-b Program" ? throw Silent() : Task.CompletedTask;
        int told = 0;
        test.Controller.PluginsLeftBehind += () => told++;
        Assert.True(await test.Controller.Disconnect("first", "web").RunAsync(default));
        Assert.Equal(1, told);
        Assert.Contains(
            (await test.Controller.DiffAsync(default)).Conflicts, problem => problem.Contains("second", StringComparison.Ordinal));

        plugins.Before = (_, _) => Task.CompletedTask;
        Assert.True((await test.Controller.MendAsync(endsUnknown: false, default)).IsDone);
        Assert.Contains(plugins.Known, known => known.StartsWith("out", StringComparison.Ordinal));
        Assert.Empty((await test.Controller.DiffAsync(default)).Conflicts);
    }

    [Fact]
    public async Task Ports_that_change_while_a_plug_in_is_told_of_others_are_told_once_and_all_of_them()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires");
        await test.RunAsync("web", "net");
        TaskCompletionSource asked = Holding(plugins, "wires Revoke", out TaskCompletionSource answer);
        Task first = PublishAsync(test, "8080:80");
        await asked.Task.WaitAsync(Patience);
        Task second = PublishAsync(test, "9090:90");
        await Eventually.HoldsAsync(() => test.Controller.FindSandbox("web").PortSpecs.Count == 2);
        answer.SetResult();
        await Task.WhenAll(first, second).WaitAsync(Patience);
        Assert.Equal(1, plugins.Calls.Count(call => call == "wires Revoke"));
        Assert.EndsWith("2 ports", Assert.Single(plugins.Known, known => known.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_network_that_a_plug_in_does_not_answer_about_fails_without_a_second_wait()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins, new HurriedTime());
        plugins.Before = async (question, cancellationToken) =>
        {
            if (question == "wires CreateNetwork")
            {
                throw Silent();
            }

            await Task.Delay(question == "wires DeleteNetwork" ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
        };
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => NetworkAsync(test, "net", "wires").WaitAsync(Patience));
        Assert.Contains("has not answered", error.Message);
        Assert.DoesNotContain(test.Controller.Networks, network => network.Name == "net");
        Assert.Contains(test.Controller.Snapshot.Tombstones, tombstone => tombstone.Network?.Name == "net");
    }

    [Fact]
    public async Task A_stop_waits_once_for_all_plug_ins_that_do_not_answer()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins, new HurriedTime());
        await NetworkAsync(test, "first", "wires-a");
        await NetworkAsync(test, "second", "wires-b");
        await test.RunAsync("web", "first");
        await ConnectAsync(test, "web", "second");
        plugins.Before = (question, cancellationToken) => question.EndsWith(" Leave", StringComparison.Ordinal)
            ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
            : Task.CompletedTask;
        await test.Controller.StopSandbox("web", TimeSpan.Zero, signal: null).RunAsync(default).WaitAsync(Patience);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
        Assert.Equal(
            ["wires-a Leave", "wires-b Leave"], plugins.Calls.Where(call => call.EndsWith(" Leave", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_end_of_the_daemon_waits_for_no_plug_in()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires");
        await test.RunAsync("old", "net");
        TaskCompletionSource joining = Holding(plugins, "wires Join", out _);
        await test.CreateAsync("web", "net", run: true);
        Task start = test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await joining.Task.WaitAsync(Patience);
        TaskCompletionSource leaving = Holding(plugins, "wires Leave", out _);
        Task stop = test.Controller.StopSandbox("old", TimeSpan.Zero, signal: null).RunAsync(default);
        await leaving.Task.WaitAsync(Patience);

        test.Controller.EndTalks();
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => start.WaitAsync(Patience));
        Assert.Contains("the daemon was stopped", error.Message);
        await stop.WaitAsync(Patience);
        await test.Controller.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_reset_while_a_start_hangs_in_a_plug_in_leaves_nothing()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires");
        TaskCompletionSource asked = Holding(plugins, "wires Join", out _);
        await test.CreateAsync("web", "net", run: true);
        Task start = test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await asked.Task.WaitAsync(Patience);
        Assert.Empty(await test.Controller.ResetAsync(default).WaitAsync(Patience));
        await Assert.ThrowsAsync<CnmException>(() => start.WaitAsync(Patience));
        Assert.Empty(plugins.Known);
        Assert.Empty(test.Engine.Owned);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Empty(test.Stored().Tombstones);
    }

    [Fact]
    public async Task A_reset_succeeds_without_a_plug_in_that_is_gone_and_logs_what_it_was_not_told()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires");
        plugins.Before = (question, _) => throw new CnmException(CnmErrorKind.Unavailable, $"{question}: the socket is not there");
        Assert.Empty(await test.Controller.ResetAsync(default).WaitAsync(Patience));
        string warning = Assert.Single(test.Log.Warnings, one => one.Contains("will not be", StringComparison.Ordinal));
        Assert.StartsWith("a plug-in was not told of what the reset has removed, and will not be: ", warning, StringComparison.Ordinal);
        Assert.Empty(test.Engine.Owned);
        Assert.Empty(test.Stored().Tombstones);
        Assert.DoesNotContain(test.Controller.Networks, network => network.Name == "net");
    }

    [Fact]
    public async Task What_is_left_of_a_network_in_the_kernel_is_removed_also_after_its_plug_in_was_told()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "bridge", "book");
        string bridge = Assert.Single(test.Engine.Kernel.Keys, key => key.StartsWith("link", StringComparison.Ordinal)
            && key.Contains("br-", StringComparison.Ordinal));
        test.Engine.Stuck.Add(bridge);
        await test.Controller.RemoveNetwork("net").RunAsync(default);
        Assert.Empty(plugins.Known);
        Assert.Single(test.Stored().Tombstones);
        test.Engine.Stuck.Clear();
        Assert.True((await test.Controller.MendKernelAsync(default)).IsDone);
        Assert.Empty(test.Stored().Tombstones);
        Assert.DoesNotContain(bridge, test.Engine.Kernel.Keys);
    }

    [Fact]
    public async Task A_plug_in_that_refuses_one_endpoint_is_asked_for_the_others()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires");
        await test.RunAsync("one", "net");
        await test.RunAsync("two", "net");
        LoseLinks();
        test.Engine.AfterMend = _ => LoseLinks(); // only the plug-in can make them again

        int joins = 0;
        plugins.Before = (question, _) => question == "wires Join" && Interlocked.Increment(ref joins) == 1
            ? throw new CnmException(CnmErrorKind.Internal, "no more")
            : Task.CompletedTask;
        await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Equal(2, joins);

        void LoseLinks()
        {
            foreach (DesiredObject link in test.Engine.Kernel.Values.OfType<MovedLink>().ToList())
            {
                test.Engine.Kernel.Remove(link.Key);
            }
        }
    }

    private static CnmException Silent() => new(CnmErrorKind.Unavailable, "the plug-in has not answered");

    private static Task<ControllerUnderTest> StartAsync(IPluginDirectory plugins, TimeProvider? time = null) =>
        ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Plugins = plugins, Time = time ?? TimeProvider.System });

    private static Task<NetworkCreated> NetworkAsync(ControllerUnderTest test, string name, string driver, string ipam = "default") =>
        test.Controller.CreateNetwork(new NetworkCreateRequest { Name = name, Driver = driver, IpamDriver = ipam }).RunAsync(default);

    private static Task ConnectAsync(ControllerUnderTest test, string sandbox, string network) => test.Controller.Connect(
        new ConnectRequest { Sandbox = sandbox, Endpoint = new EndpointRequest { Network = network } }).RunAsync(default);

    private static Task PublishAsync(ControllerUnderTest test, string port) =>
        test.Controller.PublishPorts("web", [PortSpecParser.Parse(port)]).RunAsync(default);

    // Holds one question up. The result is completed when it is asked.
    private static TaskCompletionSource Holding(FakePlugins plugins, string question, out TaskCompletionSource answer)
    {
        Func<string, CancellationToken, Task> before = plugins.Before;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        plugins.Before = async (now, cancellationToken) =>
        {
            if (now == question && asked.TrySetResult())
            {
                await held.Task.WaitAsync(cancellationToken);
            }
            else
            {
                await before(now, cancellationToken);
            }
        };
        return asked;
    }
}
