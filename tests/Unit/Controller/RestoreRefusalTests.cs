using System.Net;
using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>What cannot be restored is refused, and then nothing has changed.</summary>
public sealed class RestoreRefusalTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");

    private string BackupPath => Path.Combine(_directory.FullName, "backup");

    public void Dispose() => _directory.Delete(recursive: true);

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
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath, default));
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
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath, default));
        Assert.True(test.Processes.IsAlive(test.Controller.FindSandbox("web").Id));
    }

    [Fact]
    public async Task A_default_network_that_does_not_fit_refuses_it_and_nothing_changes()
    {
        await using ControllerUnderTest without =
            await ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { HasDefaultBridge = false });
        await without.Controller.CreateNetwork(new NetworkCreateRequest
        {
            Name = "front",
            Subnets = [SubnetRequest.Parse("10.70.0.0/16", range: null, gateway: null, auxiliaryAddresses: null)],
        }).RunAsync(default);
        without.Controller.WriteBackup(BackupPath);
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(
            new ControllerUnderTest.Settings { DefaultBridgeSubnets = [new SubnetRequest { Subnet = IPNetwork.Parse("10.70.1.0/24") }] });
        await test.RunAsync("web");
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("network front of the backup has a subnet that overlaps 10.70.1.0/24", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));
        Assert.Equal(before, ControllerUnderTest.Text(test.Stored()));
    }

    [Theory]
    [InlineData("10.70.0.0/24")]
    [InlineData("10.70.0.0/16")]
    public async Task A_subnet_that_Docker_Engine_has_reserved_since_refuses_it_and_nothing_changes(string subnet)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateNetwork(new NetworkCreateRequest
        {
            Name = "front",
            Subnets = [SubnetRequest.Parse("10.70.0.0/24", range: null, gateway: null, auxiliaryAddresses: null)],
        }).RunAsync(default);
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        await test.Controller.ForeignIpam.RequestPoolAsync(new ForeignPoolRequest(IPv6: false, IPNetwork.Parse(subnet), Range: null));
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        string reserved = test.Ipam.Reserved;
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(CnmErrorKind.Conflict, error.Kind);
        Assert.Contains("Docker Engine has its subnet 10.70.0.0/24", error.Message, StringComparison.Ordinal);
        Assert.Equal((before, reserved), (ControllerUnderTest.Text(test.Controller.Snapshot), test.Ipam.Reserved));
    }

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
