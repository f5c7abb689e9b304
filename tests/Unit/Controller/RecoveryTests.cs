using System.Net;
using System.Text.Json;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Recovery;
using Net.Controller.Requests;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller;

public sealed class RecoveryTests
{
    [Fact]
    public async Task A_purpose_that_no_operation_follows_up_is_void_when_the_command_ends()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        test.Processes.BeforeEnd = () => throw new CnmException(CnmErrorKind.Unavailable, "it does not end");
        test.Store.IsFull = false;
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveSandbox("web", force: true).RunAsync(default));
        Assert.Null(test.StoredAsItIs()[web].EndedFor);
        test.Processes.End(web, 0);
        await test.Controller.WaitSandboxAsync("web", default);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_are_looked_through_after_a_daemon_that_was_killed_alone(bool isKilled)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RestartAsync(isKilled: isKilled);
        await test.Controller.RecoverAsync(default);
        Assert.Null(test.Store.Loss);
        Assert.Equal(isKilled, test.Engine.Forgotten is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_store_that_has_lost_commits_does_not_know_is_left_alone_until_doctor_ends_it(bool isDamaged)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var unknown = SandboxId.New();
        await test.Processes.StartAsync(new SandboxProcessSpec { Sandbox = unknown }, default);
        await test.RestartAsync();
        test.Store.Lose(new StoreLoss(StoreLossKind.Outdated, "commits are lost"), test.Store.KnownCommit + 1);
        test.Processes.RefuseRead = id => isDamaged && id == unknown ? new JsonException("its state is damaged") : null;
        await test.Controller.RecoverAsync(default);
        Assert.True(test.Processes.IsAlive(unknown));
        StateDifference difference = await test.Controller.DiffAsync(default);
        Assert.Contains($"container {unknown.Short} runs and is not in the store; netctl doctor --fix ends it", difference.Conflicts);
        await test.Controller.MendAsync(endsUnknown: true, default);
        Assert.False(test.Processes.IsAlive(unknown));
        Assert.Contains(
            $"container {unknown.Short}, which is not to run any more as the store says, ran still and is ended", test.Log.Warnings);
    }

    [Fact]
    public async Task After_a_restart_all_is_as_it_was_and_the_kernel_is_not_touched()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        SandboxId id = (await test.RunAsync("web", "front", ports: new PortSpec { ContainerPort = 80, Protocol = PortProtocol.Tcp })).Id;
        await test.CreateAsync("box", "front");
        string model = ControllerUnderTest.Text(test.Controller.Snapshot);
        string reserved = test.Ipam.Reserved;
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);

        await test.RestartAsync();
        RecoverySummary summary = await test.Controller.RecoverAsync(default);
        Assert.Equal(
            (4, 2, 2, 0, 0, 0),
            (summary.Networks, summary.Sandboxes, summary.Running, summary.Exited, summary.Tombstones, summary.Mended));
        Assert.Empty(summary.Problems);
        Assert.Equal(model, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.Equal(kernel, test.Engine.Kernel);

        Task<int> wait = test.Controller.WaitSandboxAsync("web", default);
        test.Processes.End(id, 5);
        Assert.Equal(5, await wait);
    }

    [Fact]
    public async Task All_rules_that_somebody_took_away_come_back_and_nothing_else_is_looked_at()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.RunAsync("web", "front", ports: new PortSpec { ContainerPort = 80, Protocol = PortProtocol.Tcp });
        Assert.Equal(FirewallMending.Nothing, await test.Controller.MendFirewallAsync(default));
        string[] policies =
            [.. test.Engine.Kernel.Values.OfType<FirewallPolicy>().Select(policy => policy.Key).Order(StringComparer.Ordinal)];
        int changes = test.Engine.Changes.Count;
        Array.ForEach(policies, key => test.Engine.Kernel.Remove(key));

        Assert.Equal(FirewallMending.PutBack, await test.Controller.MendFirewallAsync(default));
        Assert.NotEmpty(policies);
        Assert.Equal(
            policies, test.Engine.Kernel.Values.OfType<FirewallPolicy>().Select(policy => policy.Key).Order(StringComparer.Ordinal));
        Assert.Equal(changes, test.Engine.Changes.Count);
    }

    [Fact]
    public async Task What_is_removed_at_its_exit_goes_also_when_the_daemon_was_killed_after_it_had_recorded_the_exit()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId goes = (await test.RunAsync("goes", autoRemove: true)).Id;
        await test.Controller.DisposeAsync();
        test.Processes.End(goes, 9);
        var edit = new ModelEdit(test.Store.Load());
        edit.Put(edit.Now[goes] with { State = SandboxState.Exited, ProcessId = null, ExitCode = 9 });
        test.Store.Save(edit.ToChange());

        await test.RestartAsync();
        Assert.Empty((await test.Controller.RecoverAsync(default)).Problems);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Contains(goes, test.Processes.Forgotten);
        Assert.Empty(test.Stored().Sandboxes);
    }

    [Fact]
    public async Task A_command_that_ended_while_no_daemon_ran_is_taken_note_of()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string reserved = test.Ipam.Reserved;
        string[] kernel = [.. test.Engine.Kernel.Keys.Order(StringComparer.Ordinal)];
        SandboxId stays = (await test.RunAsync("stays")).Id;
        SandboxId goes = (await test.RunAsync("goes", autoRemove: true)).Id;
        await test.Controller.DisposeAsync();
        test.Processes.End(stays, 9);
        test.Processes.End(goes, 9);
        await test.RestartAsync();
        RecoverySummary summary = await test.Controller.RecoverAsync(default);
        Assert.Equal((0, 2), (summary.Running, summary.Exited));
        Sandbox left = Assert.Single(test.Controller.Sandboxes);
        Assert.Equal(("stays", SandboxState.Exited, 9), (left.Name, left.State, left.ExitCode));
        Assert.Contains(goes, test.Processes.Forgotten);
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.Equal(kernel, test.Engine.Kernel.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(test.Stored().Tombstones);
    }

    [Fact]
    public async Task What_went_missing_is_made_again_and_what_nobody_wants_is_removed()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        test.Engine.Kernel.Remove(test.Object<RouteObject>("route:web:0.0.0.0/0").Key);
        test.Engine.Kernel["file:/x"] = new SandboxFile { Owner = OwnerId.Of(SandboxId.New()), Path = "/x", Content = "" };
        StateDifference difference = await test.Controller.DiffAsync(default);
        Assert.Equal((1, 1), (difference.Missing.Count, difference.Leftover.Count));
        await test.RestartAsync();
        Assert.Equal(2, (await test.Controller.RecoverAsync(default)).Mended);
        Assert.Equal(kernel, test.Engine.Kernel);
    }

    [Fact]
    public async Task After_a_reboot_the_containers_have_ended_and_the_networks_are_made_again()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        SandboxId id = (await test.RunAsync("web", "front")).Id;
        await test.Controller.DisposeAsync();
        test.Processes.End(id, 0);
        test.Processes.RemoveFiles(id);
        test.Engine.Kernel.Clear();
        await test.RestartAsync();
        Assert.Equal(1, (await test.Controller.RecoverAsync(default)).Exited);
        Assert.Equal((SandboxState.Exited, 255), (test.Controller.FindSandbox("web").State, test.Controller.FindSandbox("web").ExitCode));
        Assert.Equal(kernel, test.Engine.Kernel);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("web").State);
    }

    [Fact]
    public async Task A_removal_that_a_crash_broke_off_is_finished()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string reserved = test.Ipam.Reserved;
        Dictionary<string, DesiredObject> empty = new(test.Engine.Kernel);
        await test.CreateAsync("web");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        test.Engine.Stuck.UnionWith(kernel.Keys.Except(empty.Keys));
        await test.Controller.RemoveSandbox("web", force: false).RunAsync(default);
        Assert.Equal(kernel, test.Engine.Kernel);

        test.Engine.Stuck.Clear();
        await test.RestartAsync();
        Assert.Equal(2, (await test.Controller.RecoverAsync(default)).Tombstones);
        Assert.Equal(empty, test.Engine.Kernel);
        Assert.Equal(reserved, test.Ipam.Reserved);
    }

    [Fact]
    public async Task Tracked_connections_of_an_address_that_a_crash_left_behind_are_forgotten_and_of_no_other()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("stays", "front");
        SandboxId id = (await test.RunAsync("goes", "front")).Id;
        IPAddress stays = Address("stays");
        IPAddress goes = Address("goes");
        Dictionary<string, DesiredObject> kernel = new(test.Engine.Kernel);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Null(test.Engine.Forgotten);

        // The store has the end, the kernel has still all of it: the daemon was killed in between.
        test.Processes.End(id, 0);
        await test.Controller.WaitSandboxAsync("goes", default);
        foreach ((string key, DesiredObject wanted) in kernel)
        {
            test.Engine.Kernel[key] = wanted;
        }

        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Predicate<IPAddress> gone = Assert.IsType<Predicate<IPAddress>>(test.Engine.Forgotten);
        Assert.True(gone(goes));
        Assert.False(gone(stays));
        Assert.False(gone(test.Controller.Snapshot.FindNetwork("front").Pools[0].Gateway!));
        Assert.False(gone(IPAddress.Parse("192.0.2.1")));

        IPAddress Address(string name) =>
            test.Controller.Snapshot.EndpointsOf(test.Controller.FindSandbox(name).Id)[0].IPv4!.Address;
    }

    [Fact]
    public async Task Reset_leaves_nothing_in_the_kernel_and_the_predefined_networks_alone_in_the_model()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId id = (await test.RunAsync("web", "front")).Id;
        await test.CreateAsync("box");
        Assert.Empty(await test.Controller.ResetAsync(default));
        Assert.Empty(test.Engine.Owned);
        Assert.Equal(1, test.Engine.PriorValuesRestored);
        Assert.False(test.Processes.IsAlive(id));
        Assert.Equal(["bridge", "host", "none"], test.Controller.Networks.Select(n => n.Name));
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Equal(ControllerUnderTest.Text(test.Controller.Snapshot), ControllerUnderTest.Text(test.Stored()));
    }

    [Fact]
    public async Task A_reset_goes_on_where_one_container_cannot_be_ended()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId damaged = (await test.RunAsync("damaged")).Id;
        SandboxId web = (await test.RunAsync("web")).Id;
        Task<int> removal = await test.Controller.BeginWaitAsync("damaged", WaitCondition.Removed, default);
        test.Processes.RefuseEnd = id => id == damaged ? new JsonException("no state file") : null;
        string problem = Assert.Single(await test.Controller.ResetAsync(default));
        Assert.Equal($"container {damaged.Short} cannot be ended: no state file", problem);
        Assert.Contains(web, test.Processes.Forgotten);
        Assert.Empty(test.Engine.Owned);
        Assert.Equal(1, test.Engine.PriorValuesRestored);
        Assert.Equal(["bridge", "host", "none"], test.Controller.Networks.Select(network => network.Name));
        await removal.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task After_a_reset_nothing_is_missing_until_something_is_made_and_then_all_is_made()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string[] first = [.. test.Engine.Owned.Select(o => o.GetType().Name).Order()];
        await test.Controller.ResetAsync(default);

        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
        Assert.True((await test.Controller.MendAsync(endsUnknown: true, default)).Found.IsEmpty);
        Assert.Equal(FirewallMending.Nothing, await test.Controller.MendFirewallAsync(default));
        Assert.Empty(await test.Controller.PruneNetworks(_ => true).RunAsync(default));
        Assert.Empty(test.Engine.Owned);

        var request = new NetworkCreateRequest { Name = "front", Driver = "bridge" };
        IReadOnlyList<string> explained = await test.Controller.CreateNetwork(request).ExplainAsync(default);
        Assert.Empty(test.Engine.Owned);
        test.Engine.Refuse = _ => new CnmException(CnmErrorKind.Internal, "no");
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateNetwork(request).RunAsync(default));
        test.Engine.Refuse = _ => null;
        await test.Controller.CreateNetwork(request).RunAsync(default);
        Assert.Contains(explained, line => line.Contains("netctl0", StringComparison.Ordinal));
        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        Assert.Equal(first, test.Engine.Owned.Select(o => o.GetType().Name).Order());

        await test.Controller.ResetAsync(default);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(first, test.Engine.Owned.Select(o => o.GetType().Name).Order());
    }
}
