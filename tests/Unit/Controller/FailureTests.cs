using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

public sealed class FailureTests
{
    private static readonly CnmException Refusal = new(CnmErrorKind.Internal, "the kernel refused");

    public static TheoryData<string> Operations() =>
        ["create network", "remove network", "create", "connect", "disconnect", "remove", "start"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_the_kernel_refuses_leaves_model_store_and_addresses_as_they_were(string operation)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.NetworkAsync("back");
        await test.NetworkAsync("empty");
        var port = new PortSpec { ContainerPort = 80, Protocol = PortProtocol.Tcp };
        await test.RunAsync("ended", "front", ports: port);
        await test.Controller.StopSandbox("ended", TimeSpan.Zero, null).RunAsync(default);
        await test.CreateAsync("web", "front", ports: port);
        string before = State(test);

        test.Engine.Refuse = _ => Refusal;
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => operation switch
        {
            "create network" => test.NetworkAsync("new", ipv6: true),
            "remove network" => test.Controller.RemoveNetwork("empty").RunAsync(default),
            "create" => test.CreateAsync("new", "front", ports: port),
            "connect" =>
                test.Controller.Connect(new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "back" } })
                    .RunAsync(default),
            "disconnect" => test.Controller.Disconnect("front", "web").RunAsync(default),
            "remove" => test.Controller.RemoveSandbox("web", force: false).RunAsync(default),
            "start" => test.Controller.StartSandbox("ended", attach: false).RunAsync(default),
            _ => throw new ArgumentException(operation, nameof(operation)),
        });
        Assert.Same(Refusal, error);
        Assert.Equal(before, State(test));
        Assert.Equal(before, State(test, stored: true));
    }

    [Fact]
    public async Task What_cannot_be_removed_yet_keeps_its_addresses_and_is_removed_by_a_mending()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string reserved = test.Ipam.Reserved;
        SandboxId id = (await test.CreateAsync("web")).Id;
        string stuck = test.Engine.Owned.First(o => o.Key.StartsWith("link:host:veth", StringComparison.Ordinal)).Key;
        string held = test.Ipam.Reserved;
        test.Engine.Stuck.Add(stuck);
        await test.Controller.RemoveSandbox("web", force: false).RunAsync(default);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Equal(held, test.Ipam.Reserved);
        Assert.Contains(test.Log.Warnings, w => w.Contains(stuck, StringComparison.Ordinal));
        Assert.Contains(test.Stored().Tombstones, t => t.Sandbox?.Id == id);

        // The name is free at once, the address is not.
        await test.CreateAsync("web");
        await test.Controller.RemoveSandbox("web", force: false).RunAsync(default);
        await test.RestartAsync();
        Assert.NotEmpty((await test.Controller.RecoverAsync(default)).Problems);
        Assert.NotEmpty(test.Stored().Tombstones);

        test.Engine.Stuck.Clear();
        IPAddress address = Assert.Single(test.Stored().Tombstones, t => t.Endpoint is not null).Endpoint!.IPv4!.Address;
        Assert.Empty((await test.Controller.MendAsync(endsUnknown: true, default)).Problems);
        Assert.True(test.Engine.Forgotten?.Invoke(address), "its tracked connections are forgotten");
        Assert.Empty(test.Stored().Tombstones);
        Assert.Equal(reserved, test.Ipam.Reserved);
        Assert.False(test.Engine.Kernel.ContainsKey(stuck));
    }

    [Fact]
    public async Task What_an_ended_command_leaves_in_the_kernel_keeps_its_address_until_a_mending()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        string free = test.Ipam.Reserved;
        await test.RunAsync("web", ports: PortSpecParser.Parse("8080:80"));
        IPAddress address = test.Controller.Snapshot.EndpointsOf(test.Controller.FindSandbox("web").Id)[0].IPv4!.Address;
        string held = test.Ipam.Reserved;
        string stuck = test.Engine.Owned.First(o => o.Key.StartsWith("firewall-port:", StringComparison.Ordinal)).Key;
        test.Engine.Stuck.Add(stuck);
        int told = 0;
        test.Controller.LeftBehind += () => told++;

        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        Assert.Equal(1, told);
        Assert.Equal(held, test.Ipam.Reserved);

        test.Engine.Stuck.Clear();
        Assert.Empty((await test.Controller.MendAsync(endsUnknown: true, default)).Problems);
        Assert.True(test.Engine.Forgotten?.Invoke(address), "its tracked connections are forgotten");
        Assert.False(test.Engine.Kernel.ContainsKey(stuck));
        Assert.Equal(free, test.Ipam.Reserved);
    }

    private static string State(ControllerUnderTest test, bool stored = false) =>
        ControllerUnderTest.Text(stored ? test.Stored() : test.Controller.Snapshot)
        + test.Ipam.Reserved
        + string.Join('\n', test.Engine.Kernel.Values.Select(o => o.ToString()).Order(StringComparer.Ordinal));
}
