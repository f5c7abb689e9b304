using System.Net;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Backups of all definitions, and the restore of one into a daemon that runs.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");

    private string BackupPath => Path.Combine(_directory.FullName, "backup");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_was_removed_is_there_again_and_what_was_made_since_is_gone()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.RunAsync("web", "front", ports: Port(8080));
        string wanted = ControllerUnderTest.Text(test.Controller.Snapshot);
        test.Controller.WriteBackup(BackupPath);

        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        await test.NetworkAsync("back");
        SandboxId since = (await test.RunAsync("since", "back", ports: Port(8080))).Id;
        Task<int> gone = await test.Controller.BeginWaitAsync("since", WaitCondition.Removed, default);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));

        // The command that ran then does not run by itself, as after a boot; all else is as it was.
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
        Assert.False(test.Processes.IsAlive(since));
        Assert.Equal(137, await gone);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(wanted, ControllerUnderTest.Text(test.Controller.Snapshot, withExits: false));
        Assert.Equal(wanted, ControllerUnderTest.Text(test.Stored(), withExits: false));
        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o.Label.Contains(since.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_runs_and_is_in_the_backup_is_not_touched()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = (await test.RunAsync("web", "front", ports: Port(8080))).Id;
        test.Controller.WriteBackup(BackupPath);
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        int started = test.Processes.Started.Count;
        test.Engine.Changes.Clear();
        int mends = test.Engine.Mends;

        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.True(test.Processes.IsAlive(web));
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.Equal((started, mends), (test.Processes.Started.Count, test.Engine.Mends));
        Assert.Empty(test.Engine.Changes);

        // Its end is noticed once, as before.
        test.Processes.End(web, 3);
        Assert.Equal(3, await test.Controller.WaitSandboxAsync("web", default));
    }

    [Fact]
    public async Task Addresses_of_the_backup_are_taken_and_others_free()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("web", "front");
        test.Processes.End(test.Controller.FindSandbox("web").Id, 0);
        await test.Controller.WaitSandboxAsync("web", default);
        string[] reserved = [.. test.Ipam.Pools.Order(StringComparer.Ordinal)];
        test.Controller.WriteBackup(BackupPath);
        await test.NetworkAsync("back");
        await test.RunAsync("since", "back");
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(reserved, test.Ipam.Pools.Order(StringComparer.Ordinal));
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await test.RunAsync("next", "front");
        Assert.Equal(2, test.Controller.Snapshot.EndpointsById.Values.DistinctBy(endpoint => endpoint.IPv4).Count());
    }

    [Fact]
    public async Task A_name_that_has_moved_on_comes_back()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId first = (await test.CreateAsync("a", run: true)).Id;
        await test.CreateAsync("b", run: true);
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.RenameSandbox("a", "c").RunAsync(default);
        await test.Controller.RenameSandbox("b", "a").RunAsync(default);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(first, test.Controller.FindSandbox("a").Id);
    }

    [Theory]
    [InlineData("v1.db")]
    [InlineData("v2.db")]
    [InlineData("v3.db")]
    [InlineData("v5.db")]
    public async Task A_backup_of_an_earlier_version_is_restored(string sample)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Controller", "Stores", sample), BackupPath);
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.RestoreAsync(BackupPath, default);
        Assert.Contains(test.Controller.Networks, network => !network.IsPredefined);
        Assert.Equal(ControllerUnderTest.Text(test.Controller.Snapshot), ControllerUnderTest.Text(test.Stored()));
    }

    [Fact]
    public async Task Networks_of_Docker_Engine_are_in_no_backup_and_stay()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.Foreign.CreateNetworkAsync(new ForeignNetworkRequest
        {
            Id = NetworkId.New(),
            Subnets = [SubnetRequest.Parse("10.77.0.0/24", range: null, "10.77.0.1", auxiliaryAddresses: null)],
        });
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));

        string second = BackupPath + "2";
        test.Controller.WriteBackup(second);
        await using ControllerUnderTest other = await ControllerUnderTest.CreateAsync();
        Assert.Empty(await other.Controller.RestoreAsync(second, default));
        Assert.DoesNotContain(other.Controller.Networks, network => network.Foreign is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_removed_last_comes_back_with_its_subnet_and_its_address(bool isFull)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("web", "front");
        await test.NetworkAsync("back");
        string wanted = ControllerUnderTest.Text(test.Controller.Snapshot);
        string reserved = test.Ipam.Reserved;
        test.Controller.WriteBackup(BackupPath);

        // Their tombstones are still in the store: a later change takes them out.
        await test.Controller.Disconnect("front", "web").RunAsync(default);
        await test.Controller.RemoveNetwork("back").RunAsync(default);
        test.Engine.HasUnfinishedRemovals = isFull;
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(wanted, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.Equal(reserved, test.Ipam.Reserved);
        test.Engine.HasUnfinishedRemovals = false;
        await test.NetworkAsync("next");
        Assert.Empty(test.StoredAsItIs().Tombstones);
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_had_since_comes_back()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId old = (await test.RunAsync("web", "front")).Id;
        IPAddress address = test.Controller.Snapshot.EndpointsOf(old)[0].IPv4!.Address;
        await test.CreateAsync("other", "bridge", run: true);
        string reserved = test.Ipam.Reserved;
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.RemoveSandbox("web", force: true).RunAsync(default);
        await test.Controller.Connect(new ConnectRequest
        {
            Sandbox = "other",
            Endpoint = new EndpointRequest { Network = "front", IPv4 = address },
        }).RunAsync(default);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox("web").State);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(reserved, test.Ipam.Reserved);
    }

    [Fact]
    public async Task A_container_that_has_been_started_since_goes_on()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = (await test.CreateAsync("web", "front", run: true, ports: Port(8080))).Id;
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        await test.Controller.PauseSandboxAsync("web", default);
        string running = ControllerUnderTest.Text(test.Controller.Snapshot);
        string reserved = test.Ipam.Reserved;
        test.Engine.Changes.Clear();

        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.True(test.Processes.IsAlive(web));
        Assert.Equal(running, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.Empty(test.Engine.Changes);
        await test.Controller.UnpauseSandboxAsync("web", default);
        test.Processes.End(web, 3);
        Assert.Equal(3, await test.Controller.WaitSandboxAsync("web", default));
    }

    [Fact]
    public async Task One_that_has_got_something_else_since_is_ended_and_that_is_said()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        SandboxId[] ids =
        [
            (await test.CreateAsync("moved", "front", run: true)).Id,
            (await test.CreateAsync("open", "front", run: true)).Id,
            (await test.CreateAsync("late", "front", run: true, ports: Port(8080))).Id,
        ];
        SandboxId first = (await test.RunAsync("first", "front", ports: Port(8080))).Id;
        test.Controller.WriteBackup(BackupPath);

        await test.Controller.StopSandbox("first", TimeSpan.Zero, null).RunAsync(default);
        foreach (string name in (string[])["moved", "open", "late"])
        {
            await test.Controller.StartSandbox(name, attach: false).RunAsync(default);
        }

        await test.Controller.Disconnect("front", "moved").RunAsync(default);
        await test.Controller.Connect(new ConnectRequest { Sandbox = "moved", Endpoint = new EndpointRequest { Network = "back" } })
            .RunAsync(default);
        await test.Controller.PublishPorts("open", Port(8081)).RunAsync(default);
        IReadOnlyList<string> warnings = await test.Controller.RestoreAsync(BackupPath, default);
        Assert.Equal(3, warnings.Count(warning => warning.Contains("is ended, since", StringComparison.Ordinal)));
        Assert.DoesNotContain(ids, test.Processes.IsAlive);
        Assert.Equal(SandboxState.Exited, test.Controller.FindSandbox(first.Value).State); // as after a boot
        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_has_been_connected_to_another_network_since_is_taken_off_it_and_that_is_said(bool ran)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        SandboxId web = (await test.CreateAsync("web", "front", run: true)).Id;
        if (ran)
        {
            await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        }

        test.Controller.WriteBackup(BackupPath);
        if (!ran)
        {
            await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        }

        await test.Controller.Connect(new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "back" } })
            .RunAsync(default);
        Assert.Contains(
            "container web runs, and is taken off network back",
            Assert.Single(await test.Controller.RestoreAsync(BackupPath, default)),
            StringComparison.Ordinal);
        Assert.True(test.Processes.IsAlive(web));
        Assert.Equal("front", test.Controller.Snapshot[Assert.Single(test.Controller.Snapshot.EndpointsOf(web)).Network].Name);
        Assert.True((await test.Controller.DiffAsync(default)).IsEmpty);
    }

    [Fact]
    public async Task One_that_shares_the_stack_of_another_goes_on_with_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId[] ids = [(await test.CreateAsync("a", run: true)).Id, (await test.CreateAsync("b", "container:a", run: true)).Id];
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.StartSandbox("a", attach: false).RunAsync(default);
        await test.Controller.StartSandbox("b", attach: false).RunAsync(default);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.All(ids, id => Assert.True(test.Processes.IsAlive(id)));
    }

    [Fact]
    public async Task One_that_has_been_paused_since_is_still_paused()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.RunAsync("web")).Id;
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.PauseSandboxAsync("web", default);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.True(test.Controller.FindSandbox("web").IsPaused);
        await test.Controller.UnpauseSandboxAsync("web", default);
        Assert.False(test.Processes.Paused.ContainsKey(web));
    }

    [Fact]
    public async Task It_waits_for_a_start_that_is_under_way()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        SandboxId web = (await test.CreateAsync("web", run: true)).Id;
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.RenameSandbox("web", "renamed").RunAsync(default);
        var launch = new TaskCompletionSource();
        test.Processes.BeforeStart = () => launch.Task;
        Task<IProcessStreams?> start = test.Controller.StartSandbox("renamed", attach: false).RunAsync(default);
        Task<IReadOnlyList<string>> restore = test.Controller.RestoreAsync(BackupPath, default);
        await test.NetworkAsync("others-go-on");
        Assert.False(restore.IsCompleted);
        launch.SetResult();
        await start;
        Assert.Empty(await restore);
        Assert.Equal((SandboxState.Running, true), (test.Controller.FindSandbox("web").State, test.Processes.IsAlive(web)));
    }

    private static PortSpec[] Port(ushort number) =>
        [new PortSpec { ContainerPort = 80, HostPort = number, Protocol = PortProtocol.Tcp }];
}
