using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller;

/// <summary>Sandboxes whose network stack another program makes: only the host's side of their endpoints is planned.</summary>
public sealed class ForeignStackTests
{
    private const string Key = "/var/run/docker/netns/0123456789ab";

    [Fact]
    public async Task Only_the_hosts_side_of_its_endpoints_is_made_and_no_shim_is_started()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "net" }).RunAsync(default);
        SandboxId id = await CreateAsync(test);

        Sandbox sandbox = test.Controller.FindSandbox("engine");
        Assert.Equal((StackSource.Foreign, SandboxState.Running), (sandbox.StackSource, sandbox.State));
        VethPair pair = Assert.Single(test.Engine.Kernel.Values.OfType<VethPair>());
        Assert.Equal((NamespaceRef.Host, Ownership.HandedOver), (pair.PeerNamespace, pair.Ownership));
        Assert.Equal($"vp{test.Controller.EndpointsOf(id)[0].Id.Value[..12]}", pair.PeerName);
        Assert.Contains(test.Engine.Kernel.Values, o => o is NeighbourObject { Namespace.IsHost: true });
        Assert.Contains(test.Engine.Kernel.Values, o => o is FirewallPolicy);
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o.Places.Concat(o.RestsOn).Any(place => !place.Namespace.IsHost));
        Assert.DoesNotContain(test.Engine.Kernel.Values, o => o is SandboxFile or ResolverListener or NamespaceName);
        Assert.Empty(test.Processes.Started);
    }

    [Fact]
    public async Task It_goes_on_over_a_restart_of_the_daemon_and_leaves_nothing_when_it_is_removed()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.CreateNetwork(new NetworkCreateRequest { Name = "net" }).RunAsync(default);
        await CreateAsync(test);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(SandboxState.Running, test.Controller.FindSandbox("engine").State);
        Assert.Empty(test.Processes.Started);

        await test.Controller.RemoveSandbox("engine", force: true).RunAsync(default);
        Assert.Empty(test.Engine.Kernel.Values.OfType<VethPair>());
        await test.Controller.RemoveNetwork("net").RunAsync(default);
    }

    [Fact]
    public async Task It_has_neither_a_command_nor_an_adopted_namespace()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        foreach (SandboxCreateRequest request in (SandboxCreateRequest[])
            [
                new() { ForeignKey = Key, Process = new ProcessConfig { Command = ["true"] } },
                new() { ForeignKey = Key, Networks = [new EndpointRequest { Network = "host" }] },
            ])
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateSandbox(request).RunAsync(default));
            Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
            Assert.Contains("a network stack of another program", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(test.Controller.Sandboxes);
    }

    private static async Task<SandboxId> CreateAsync(ControllerUnderTest test)
    {
        var request = new SandboxCreateRequest { Name = "engine", ForeignKey = Key, Networks = [new EndpointRequest { Network = "net" }] };
        return (await test.Controller.CreateSandbox(request).RunAsync(default)).Id;
    }
}
