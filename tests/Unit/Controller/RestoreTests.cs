using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
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
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath));

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

        Assert.Empty(await test.Controller.RestoreAsync(BackupPath));
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
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath));
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
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath));
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
        await test.Controller.RestoreAsync(BackupPath);
        Assert.Contains(test.Controller.Networks, network => !network.IsPredefined);
        Assert.Equal(ControllerUnderTest.Text(test.Controller.Snapshot), ControllerUnderTest.Text(test.Stored()));
    }

    [Theory]
    [InlineData("nothing", "not a whole backup")]
    [InlineData("text", "not a whole backup")]
    [InlineData("another database", "not a whole backup")]
    [InlineData("half of it", "not a whole backup")]
    [InlineData("a later version", "later netctl")]
    public async Task What_is_no_backup_is_refused_and_nothing_changes(string what, string message)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("web", "front");
        test.Controller.WriteBackup(BackupPath);
        switch (what)
        {
            case "nothing":
                File.WriteAllBytes(BackupPath, []);
                break;
            case "text":
                File.WriteAllText(BackupPath, new string('x', 5000));
                break;
            case "half of it":
                File.WriteAllBytes(BackupPath, File.ReadAllBytes(BackupPath)[..6000]);
                break;
            case "another database":
                File.Delete(BackupPath);
                Execute("CREATE TABLE networks (id TEXT)");
                break;
            default:
                Execute("UPDATE schema_version SET version = version + 1");
                break;
        }

        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.True(test.Processes.IsAlive(test.Controller.FindSandbox("web").Id));
    }

    [Fact]
    public async Task A_full_disk_refuses_it_and_nothing_changes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Controller.WriteBackup(BackupPath);
        await test.RunAsync("web");
        test.Store.IsFull = true;
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath));
        Assert.True(test.Processes.IsAlive(test.Controller.FindSandbox("web").Id));
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
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath));
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));

        string second = BackupPath + "2";
        test.Controller.WriteBackup(second);
        await using ControllerUnderTest other = await ControllerUnderTest.CreateAsync();
        Assert.Empty(await other.Controller.RestoreAsync(second));
        Assert.DoesNotContain(other.Controller.Networks, network => network.Foreign is not null);
    }

    private static PortSpec[] Port(ushort number) =>
        [new PortSpec { ContainerPort = 80, HostPort = number, Protocol = PortProtocol.Tcp }];

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={BackupPath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
