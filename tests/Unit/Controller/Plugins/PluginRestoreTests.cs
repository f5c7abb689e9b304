using System.Net;
using Net.Cnm.Plugins;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller.Plugins;

/// <summary>A restore leaves what plug-ins have as it is, and tells them of what is gone.</summary>
public sealed class PluginRestoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");

    private string BackupPath => Path.Combine(_directory.FullName, "backup");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Addresses_that_a_plug_in_has_given_since_stay_and_none_is_released_that_another_container_has()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "bridge", "book");
        await test.RunAsync("c", "net");
        await test.RunAsync("d", "net");
        Assert.Equal(("10.99.0.2", "10.99.0.3"), (AddressOf(test, "c"), AddressOf(test, "d")));
        test.Controller.WriteBackup(BackupPath);
        foreach (string name in (string[])["c", "d"])
        {
            await test.Controller.StopSandbox(name, TimeSpan.Zero, null).RunAsync(default);
        }

        foreach (string name in (string[])["d", "c"])
        {
            await test.Controller.StartSandbox(name, attach: false).RunAsync(default);
        }

        Assert.Equal(("10.99.0.3", "10.99.0.2"), (AddressOf(test, "c"), AddressOf(test, "d")));
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(("10.99.0.3", "10.99.0.2"), (AddressOf(test, "c"), AddressOf(test, "d")));
        await test.Controller.StopSandbox("c", TimeSpan.Zero, null).RunAsync(default);
        await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Contains("address 10.99.0.2", plugins.Known);
        Assert.DoesNotContain("address 10.99.0.3", plugins.Known);
    }

    [Fact]
    public async Task A_container_that_has_stopped_since_has_nothing_of_a_plug_in()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "net", "wires", "book");
        await test.RunAsync("c", "net");
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.StopSandbox("c", TimeSpan.Zero, null).RunAsync(default);
        string[] known = [.. plugins.Known.Order(StringComparer.Ordinal)];
        int asked = plugins.Calls.Count;
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Equal(known, plugins.Known.Order(StringComparer.Ordinal));
        Assert.Equal(asked, plugins.Calls.Count);
    }

    [Fact]
    public async Task A_plug_in_is_told_that_its_network_is_gone_whose_subnet_another_has_now()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "front", "bridge", "default", "10.70.0.0/24");
        string reserved = test.Ipam.Reserved;
        test.Controller.WriteBackup(BackupPath);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        await NetworkAsync(test, "lan", "wires", "default", "10.70.0.0/24");
        await test.RunAsync("web", "lan");
        await test.Controller.RestoreAsync(BackupPath, default);
        await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Empty(plugins.Known);
        Assert.Equal(reserved, test.Ipam.Reserved);
        await test.NetworkAsync("next");
        Assert.Empty(test.StoredAsItIs().Tombstones);
    }

    [Fact]
    public async Task A_subnet_of_a_plug_ins_own_IPAM_may_be_that_of_another_network_as_when_they_were_made()
    {
        var plugins = new FakePlugins();
        await using ControllerUnderTest test = await StartAsync(plugins);
        await NetworkAsync(test, "lan", "wires", "book");
        await NetworkAsync(test, "front", "bridge", "default", "10.99.0.0/24");
        string before = ControllerUnderTest.Text(test.Controller.Snapshot);
        test.Controller.WriteBackup(BackupPath);
        Assert.Empty(await test.Controller.RestoreAsync(BackupPath, default));
        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot));
    }

    private static string AddressOf(ControllerUnderTest test, string name) =>
        $"{test.Controller.Snapshot.EndpointsOf(test.Controller.FindSandbox(name).Id)[0].IPv4!.Address}";

    private static Task<ControllerUnderTest> StartAsync(IPluginDirectory plugins) =>
        ControllerUnderTest.CreateAsync(new ControllerUnderTest.Settings { Plugins = plugins });

    private static Task NetworkAsync(ControllerUnderTest test, string name, string driver, string ipam, string? subnet = null) =>
        test.Controller.CreateNetwork(new NetworkCreateRequest
        {
            Name = name,
            Driver = driver,
            IpamDriver = ipam,
            Subnets = subnet is null ? [] : [new SubnetRequest { Subnet = IPNetwork.Parse(subnet) }],
        }).RunAsync(default);
}
