using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class NetworkTests
{
    [Fact]
    public async Task Bridge_host_and_none_exist_from_the_start_and_cannot_be_removed()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Assert.Equal(["bridge", "host", "none"], test.Controller.Networks.Select(n => n.Name));
        Assert.Equal("netctl0", test.Object<BridgeLink>("link:host:netctl0").Name);
        foreach (string name in (string[])["bridge", "host", "none"])
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveNetwork(name).RunAsync(default));
            Assert.Equal((CnmErrorKind.Forbidden, $"{name} is a pre-defined network and cannot be removed"), (error.Kind, error.Message));
        }
    }

    [Fact]
    public async Task A_created_network_is_in_the_store_and_the_kernel_and_goes_from_both()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string reserved = test.Ipam.Reserved;
        Network network = await test.NetworkAsync("front");
        Assert.Contains(test.Stored().Networks, n => n.Id == network.Id && n.Pools[0].Subnet.Equals(network.Pools[0].Subnet));
        Assert.Equal($"br-{network.Id.Short}", test.Object<BridgeLink>($"link:host:br-{network.Id.Short}").Name);
        Assert.Contains(test.Engine.Owned, o => o is BridgePolicy policy && policy.Owner == OwnerId.Of(network.Id));

        await test.Controller.RemoveNetwork("front").RunAsync(default);
        Assert.DoesNotContain(test.Engine.Owned, o => o.Owner == OwnerId.Of(network.Id));
        Assert.DoesNotContain(test.Stored().Networks, n => n.Id == network.Id);
        Assert.Empty(test.Stored().Tombstones);
        Assert.Equal(reserved, test.Ipam.Reserved);
    }

    [Fact]
    public async Task The_tombstone_of_what_is_gone_leaves_the_store_with_the_next_change_and_at_the_end()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        Assert.Empty(test.Controller.Snapshot.Tombstones);
        Assert.Single(test.StoredAsItIs().Tombstones);

        // While the kernel has something of it that only a tombstone tells of, it stays.
        test.Engine.HasUnfinishedRemovals = true;
        await test.NetworkAsync("middle");
        Assert.Single(test.StoredAsItIs().Tombstones);
        test.Engine.HasUnfinishedRemovals = false;

        await test.NetworkAsync("back");
        Assert.Empty(test.StoredAsItIs().Tombstones);
        await test.Controller.RemoveNetwork("back").RunAsync(default);
        test.Engine.HasUnfinishedRemovals = true;
        await test.RestartAsync();
        Assert.Empty(test.StoredAsItIs().Tombstones);
    }

    [Fact]
    public async Task A_network_with_exited_containers_only_is_removed_and_they_cannot_start_before_they_do_without_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("runs", "front");
        await test.RunAsync("ended", "front");
        await test.Controller.StopSandbox("ended", TimeSpan.Zero, null).RunAsync(default);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveNetwork("front").RunAsync(default));
        Assert.Contains("has active endpoints (name:\"runs\"", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ended", error.Message, StringComparison.Ordinal);

        await test.Controller.StopSandbox("runs", TimeSpan.Zero, null).RunAsync(default);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        Assert.DoesNotContain(test.Controller.Networks, network => network.Name == "front");
        Assert.Empty(test.Stored().Tombstones);
        Assert.Equal(["ended", "runs"], test.Controller.Sandboxes.Select(sandbox => sandbox.Name).Order());

        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        foreach (string name in (string[])["ended", "runs"])
        {
            error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.StartSandbox(name, attach: false).RunAsync(default));
            Assert.Equal(CnmErrorKind.NotFound, error.Kind);
            Assert.StartsWith("network front not found", error.Message, StringComparison.Ordinal);
        }

        // One does without it, the other is connected to its successor.
        Assert.True(await test.Controller.Disconnect("front", "ended").RunAsync(default));
        await test.Controller.StartSandbox("ended", attach: false).RunAsync(default);
        Assert.Empty(test.Controller.EndpointsOf(test.Controller.FindSandbox("ended").Id));
        await test.NetworkAsync("front");
        await test.Controller.Connect(new ConnectRequest { Sandbox = "runs", Endpoint = new EndpointRequest { Network = "front" } })
            .RunAsync(default);
        await test.Controller.StartSandbox("runs", attach: false).RunAsync(default);
        Assert.Single(test.Controller.EndpointsOf(test.Controller.FindSandbox("runs").Id));
    }

    [Fact]
    public async Task An_exited_container_does_without_a_removed_network_also_when_another_has_its_name()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("web", "front");
        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        await test.NetworkAsync("front");
        await test.RunAsync("other", "front");

        Assert.True(await test.Controller.Disconnect("front", "web").RunAsync(default));
        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Empty(test.Controller.EndpointsOf(test.Controller.FindSandbox("web").Id));
        Assert.Single(test.Controller.EndpointsOf(test.Controller.FindSandbox("other").Id));
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.Disconnect("front", "web").RunAsync(default));
        Assert.Contains("is not connected to network front", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forwarding_stays_on_when_a_network_goes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.Controller.RemoveNetwork("front").RunAsync(default);
        Assert.Contains(test.Engine.Kernel.Values, o => o is SysctlObject { Path: "net/ipv4/ip_forward", Value: "1" });
    }

    [Fact]
    public async Task A_reference_is_an_id_a_name_or_the_beginning_of_one_id()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Network network = await test.NetworkAsync("front");
        Assert.Equal(network.Id, test.Controller.FindNetwork(network.Id.Value).Id);
        Assert.Equal(network.Id, test.Controller.FindNetwork("front").Id);
        Assert.Equal(network.Id, test.Controller.FindNetwork(network.Id.Short).Id);
        CnmException missing = Assert.Throws<CnmException>(() => test.Controller.FindNetwork("fron"));
        Assert.Equal(
            (CnmErrorKind.NotFound, "network fron not found; netctl network ls lists those that are there"),
            (missing.Kind, missing.Message));
        Assert.Throws<CnmException>(() => test.Controller.FindNetwork(""));
    }

    [Fact]
    public async Task A_beginning_that_fits_two_ids_is_refused()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        for (int i = 0; i < 17; i++)
        {
            await test.NetworkAsync($"n{i}");
        }

        // Of more than sixteen ids two begin with the same digit.
        string digit = test.Controller.Networks.GroupBy(n => n.Id.Value[..1]).First(g => g.Count() > 1).Key;
        Assert.Equal(CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => test.Controller.FindNetwork(digit)).Kind);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_left_of_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        string before = ControllerUnderTest.Text(test.Controller.Snapshot) + test.Ipam.Reserved;
        (NetworkCreateRequest Request, CnmErrorKind Kind)[] wrong =
        [
            (new() { Name = "front" }, CnmErrorKind.Conflict),
            (new() { Name = "a b" }, CnmErrorKind.InvalidParameter),
            (new() { Name = "-x" }, CnmErrorKind.InvalidParameter),
            (new() { Name = "../x" }, CnmErrorKind.InvalidParameter),
            (new() { Name = new string('x', 200) }, CnmErrorKind.InvalidParameter),
            (new() { Name = new string('a', 64) }, CnmErrorKind.InvalidParameter),
            (new() { Name = "host" }, CnmErrorKind.Forbidden),
            (new() { Name = "x", Driver = "host" }, CnmErrorKind.Forbidden),
            (new() { Name = "x", Driver = "overlay" }, CnmErrorKind.NotFound),
            (new() { Name = "x", IpamDriver = "none-such" }, CnmErrorKind.NotFound),
            (new() { Name = "x", EnableIPv4 = false }, CnmErrorKind.InvalidParameter),
            (new() { Name = "x", Options = new Dictionary<string, string> { ["colour"] = "red" } }, CnmErrorKind.InvalidParameter),
            (new() { Name = "x", Options = new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "netctl0" } },
                CnmErrorKind.Forbidden),
            (new() { Name = "x", Subnets = [SubnetRequest.Parse("fd00:1::/64", null, null, null)] }, CnmErrorKind.InvalidParameter),
            (
                new()
                {
                    Name = "x",
                    Subnets = [SubnetRequest.Parse("10.1.0.0/16", null, null, null), SubnetRequest.Parse("10.2.0.0/16", null, null, null)],
                },
                CnmErrorKind.Forbidden),
            (new() { Name = "x", Subnets = [SubnetRequest.Parse("10.9.1.0/24", null, null, null)] }, CnmErrorKind.Conflict),
        ];
        foreach ((NetworkCreateRequest request, CnmErrorKind kind) in wrong)
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateNetwork(request).RunAsync(default));
            Assert.True(kind == error.Kind, $"{request.Name}: {error.Kind}, {error.Message}");
        }

        Assert.Equal(before, ControllerUnderTest.Text(test.Controller.Snapshot) + test.Ipam.Reserved);
    }

    [Theory]
    [InlineData("10.60.0.1/24", null, null, "10.60.0.0/24")]
    [InlineData("10.60.0.0", null, null, "10.60.0.0")]
    [InlineData(null, "10.60.0.1/24", null, "ip-range")]
    [InlineData(null, null, "10.60.0", "gateway")]
    public void A_subnet_that_is_none_is_named(string? subnet, string? range, string? gateway, string named)
    {
        CnmException error = Assert.Throws<CnmException>(() => SubnetRequest.Parse(subnet, range, gateway, null));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_with_a_container_on_it_stays_and_the_container_is_named()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("web", "front");
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveNetwork("front").RunAsync(default));
        Assert.Equal(CnmErrorKind.Forbidden, error.Kind);
        Assert.Contains("has active endpoints (name:\"web\" id:\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explaining_changes_nothing_at_all()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("web", "front");
        string before = ControllerUnderTest.Text(test.Controller.Snapshot) + test.Ipam.Reserved + ControllerUnderTest.Text(test.Stored());
        int changes = test.Engine.Changes.Count;
        Assert.NotEmpty(await test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "x" }).ExplainAsync(default));
        Assert.NotEmpty(await test.Controller.CreateSandbox(new SandboxCreateRequest { Name = "y" }).ExplainAsync(default));
        Assert.NotEmpty(
            await test.Controller.Connect(new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "bridge" } })
                .ExplainAsync(default));
        Assert.NotEmpty(await test.Controller.Disconnect("front", "web").ExplainAsync(default));
        Assert.NotEmpty(await test.Controller.StopSandbox("web", TimeSpan.Zero, signal: null).ExplainAsync(default));
        Assert.NotEmpty(await test.Controller.RemoveSandbox("web", force: true).ExplainAsync(default));
        Assert.Empty(await test.Controller.StartSandbox("web", attach: false).ExplainAsync(default));
        Assert.Equal(
            before, ControllerUnderTest.Text(test.Controller.Snapshot) + test.Ipam.Reserved + ControllerUnderTest.Text(test.Stored()));
        Assert.Equal(changes, test.Engine.Changes.Count);
    }
}
