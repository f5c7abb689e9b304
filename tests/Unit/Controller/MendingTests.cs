using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Recovery;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Everything that can be mended is mended in one go, and what cannot keeps nothing else from it.</summary>
public sealed class MendingTests
{
    [Fact]
    public async Task What_a_repair_takes_along_is_repaired_in_the_same_mending()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        string veth = test.Engine.Kernel.Values.OfType<VethPair>().Single().Key;
        string[] onIt =
            [.. test.Engine.Kernel.Values.Where(o => o is LinkAddress { Namespace.IsHost: false } or RouteObject).Select(o => o.Key)];
        Assert.NotEmpty(onIt);
        test.Engine.Kernel.Remove(veth);
        test.Engine.AfterMend = number => Array.ForEach(number == 1 ? onIt : [], key => test.Engine.Kernel.Remove(key));

        MendingReport report = await test.Controller.MendAsync(endsUnknown: true, default);
        Assert.True(report.IsDone);
        Assert.True(report.Left.IsEmpty);
        Assert.Equal(kernel, test.Engine.Kernel);
    }

    [Fact]
    public async Task The_recovery_repairs_what_its_repairs_take_along_before_it_is_done()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.RunAsync("web");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        string setting = test.Engine.Kernel.Keys.First(key => key.Contains("/accept_redirects", StringComparison.Ordinal));
        test.Engine.Kernel.Remove(test.Engine.Kernel.Values.OfType<VethPair>().Single().Key);
        test.Engine.AfterMend = number => test.Engine.Kernel.Remove(number == 1 ? setting : "");
        await test.RestartAsync();
        Assert.False((await test.Controller.RecoverAsync(default)).NeedsRetry);
        Assert.Equal(kernel, test.Engine.Kernel);
    }

    [Fact]
    public async Task A_mending_that_changes_nothing_for_good_ends_and_says_so()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        string[] gone = [.. test.Engine.Kernel.Values.OfType<BridgeLink>().Select(o => o.Key)];
        void Take(int number) => test.Engine.Kernel.Remove(gone[0]);
        Take(0);
        test.Engine.AfterMend = Take;
        MendingReport report = await test.Controller.MendAsync(endsUnknown: true, default);
        Assert.False(report.IsDone);
        Assert.Single(report.Left.Missing);
        Assert.InRange(test.Engine.Mends, 1, 3);

        string[] keys = [.. test.Engine.Kernel.Keys];
        test.Engine.AfterMend = number => test.Engine.Kernel.Remove(keys[number]);
        await test.Controller.MendAsync(endsUnknown: true, default);
        Assert.InRange(test.Engine.Mends, 2, 10);
    }

    [Fact]
    public async Task A_network_that_cannot_be_planned_is_left_as_it_is_and_the_others_are_mended()
    {
        var driver = new FaultyDriver();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Bridge = driver });
        await test.NetworkAsync("bad");
        await test.NetworkAsync("good");
        await test.RunAsync("web", "bad");
        await test.RunAsync("box", "good");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        string good = test.Engine.Kernel.Values.OfType<RouteObject>().Single(o => o.Namespace.Name == "box").Key;

        test.Engine.Kernel.Remove(good);
        driver.Fault = network => network.Name == "bad" ? new InvalidOperationException("a flaw of the program") : null;
        await test.RestartAsync();
        RecoverySummary summary = await test.Controller.RecoverAsync(default);
        Assert.True(summary.NeedsRetry);
        Assert.Contains(summary.Problems, p => p.Contains("network bad", StringComparison.Ordinal)
            && p.Contains("a flaw of the program", StringComparison.Ordinal));
        Assert.Equal(kernel, test.Engine.Kernel);
        Assert.Contains((await test.Controller.DiffAsync(default)).Conflicts, p => p.Contains("network bad", StringComparison.Ordinal));

        await test.NetworkAsync("another");
        await test.Controller.RemoveNetwork("another").RunAsync(default);
        await test.CreateAsync("more", "good");
        await test.Controller.RemoveSandbox("more", force: true).RunAsync(default);
        string bad = test.Engine.Kernel.Values.OfType<VethPair>().Single(o => o.PeerNamespace.Name == "web").Key;
        test.Engine.Kernel.Remove(bad);
        driver.Fault = _ => null;
        Assert.True((await test.Controller.MendAsync(endsUnknown: true, default)).IsDone);
        Assert.Equal(kernel, test.Engine.Kernel);
    }

    [Fact]
    public async Task Rules_of_a_network_that_cannot_be_planned_stay_when_rules_are_put_back()
    {
        var driver = new FaultyDriver();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Bridge = driver });
        await test.NetworkAsync("bad");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        driver.Fault = network => network.Name == "bad" ? new InvalidOperationException("a flaw of the program") : null;
        await test.Controller.MendFirewallAsync(default);
        Assert.Equal(kernel, test.Engine.Kernel);
    }

    [Fact]
    public async Task A_container_whose_state_cannot_be_read_keeps_no_other_from_being_recovered()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId odd = (await test.RunAsync("odd")).Id;
        SandboxId ends = (await test.RunAsync("ends")).Id;
        await test.RunAsync("stays");
        await test.Controller.DisposeAsync();
        test.Processes.End(ends, 3);
        test.Processes.RefuseRead = id => id == odd ? new InvalidOperationException("a flaw of the program") : null;
        await test.RestartAsync();
        RecoverySummary summary = await test.Controller.RecoverAsync(default);
        Assert.Equal((2, 1), (summary.Running, summary.Exited));
        Assert.Equal(3, test.Controller.FindSandbox("ends").ExitCode);
        Assert.Contains(summary.Problems, w => w.Contains("container odd", StringComparison.Ordinal));
        Task<int> wait = test.Controller.WaitSandboxAsync("odd", default);
        test.Processes.End(odd, 4);
        Assert.Equal(4, await wait);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("odd").State);
    }

    [Fact]
    public async Task What_a_container_takes_away_again_and_again_is_put_back_three_times_a_minute()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Time = time });
        await test.CreateAsync("web");
        string route = test.Object<RouteObject>("route:web:0.0.0.0/0").Key;
        for (int round = 0; round < 3; round++)
        {
            test.Engine.Kernel.Remove(route);
            Assert.True((await test.Controller.MendAsync(endsUnknown: true, default)).IsDone);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        test.Engine.Kernel.Remove(route);
        MendingReport report = await test.Controller.MendAsync(endsUnknown: true, default);
        Assert.StartsWith(
            "route:web:0.0.0.0/0 was put back 3 times within a minute", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.False(test.Engine.Kernel.ContainsKey(route));
        Assert.False(report.IsDone);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.True((await test.Controller.MendAsync(endsUnknown: true, default)).IsDone);
        Assert.True(test.Engine.Kernel.ContainsKey(route));
    }

    [Fact]
    public async Task What_is_outside_of_containers_and_what_comes_with_a_link_made_anew_is_put_back_each_time()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Time = time });
        await test.CreateAsync("web");
        string[] taken =
        [
            test.Engine.Kernel.Values.OfType<VethPair>().Single().Key,
            test.Engine.Kernel.Values.OfType<BridgeLink>().Single().Key,
            test.Object<RouteObject>("route:web:0.0.0.0/0").Key,
        ];
        for (int round = 0; round < 6; round++)
        {
            Array.ForEach(taken, key => test.Engine.Kernel.Remove(key));
            Assert.True((await test.Controller.MendAsync(endsUnknown: true, default)).IsDone);
        }
    }

    [Fact]
    public async Task What_a_container_has_done_to_its_own_network_is_logged_and_the_next_mending_is_asked_for()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("web");
        int told = 0;
        test.Controller.LeftBehind += () => told++;
        test.Engine.Postpone = ["route to default by eth0 of web: Nexthop has invalid gateway"];
        await test.Controller.Connect(
            new ConnectRequest
            {
                Sandbox = "web",
                Endpoint = new EndpointRequest { Network = "front" },
            }).RunAsync(default);
        Assert.Equal(1, told);
        Assert.Contains(test.Log.Warnings, w => w.Contains("Nexthop has invalid gateway", StringComparison.Ordinal));
    }
}
