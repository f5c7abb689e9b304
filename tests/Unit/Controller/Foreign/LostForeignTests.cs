using System.Net;
using Microsoft.Extensions.Time.Testing;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Ports;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller.Foreign;

/// <summary>What Docker Engine has given up without a word that arrived.</summary>
public sealed class LostForeignTests
{
    private const string Stack = "/var/run/docker/netns/0123456789ab";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task An_endpoint_whose_link_was_given_back_goes_once_it_cannot_be_about_to_be_taken()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        ForeignLink link = await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        test.Engine.TakenLinks.Add(link.Name);
        time.Advance(Long);
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Single(test.Controller.Sandboxes);

        test.Engine.TakenLinks.Clear();
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Empty(test.Controller.Sandboxes);
    }

    [Fact]
    public async Task One_that_is_about_to_be_taken_stays_and_is_looked_at_again()
    {
        var time = new FakeTimeProvider();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        int left = 0;
        test.Controller.LeftBehind += () => left++;
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Equal((0, 1), (left, test.Controller.Sandboxes.Count));
        time.Advance(Long);
        Assert.Equal(1, left); // nobody looks before that
        await test.Controller.MendKernelAsync(default);
        Assert.Equal((1, 0), (left, test.Controller.Sandboxes.Count));
    }

    [Fact]
    public async Task One_that_was_never_joined_goes_once_it_cannot_be_about_to_be_joined()
    {
        var time = new FakeTimeProvider();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        time.Advance(TimeSpan.FromSeconds(20));
        Endpoint young = await CreateAsync(test, endpoint.Network, "10.77.0.3/24");
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Equal(2, test.Controller.Sandboxes.Count);
        time.Advance(TimeSpan.FromSeconds(11));
        await test.Controller.MendKernelAsync(default);
        Assert.Equal(young.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        Assert.Empty(test.Controller.Sandboxes);
    }

    [Fact]
    public async Task One_that_waits_for_its_turn_to_be_joined_stays_however_old_it_is()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        time.Advance(Long);
        Task<ForeignLink>? join = null;
        await test.Controller.Foreign.RemoveLostAsync(() =>
        {
            join ??= test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
            return _ => false;
        });
        test.Engine.TakenLinks.Add((await join!).Name);
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        Assert.Equal(endpoint.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
    }

    [Fact]
    public async Task One_that_is_joined_late_has_as_long_from_then_on()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        time.Advance(Long);
        await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        time.Advance(TimeSpan.FromSeconds(20));
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Equal(endpoint.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        Assert.Empty(test.Controller.Sandboxes);
    }

    [Fact]
    public async Task The_address_of_one_that_waits_for_its_turn_to_be_joined_is_in_use()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = new ManualTime() });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        Task<Endpoint>? next = null;
        Task<ForeignLink>? join = null;
        await test.Controller.Foreign.RemoveLostAsync(() =>
        {
            next ??= CreateAsync(test, endpoint.Network, "10.77.0.2/24"); // these wait until this operation ends
            join ??= test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
            return _ => false;
        });
        await join!;
        CnmException refused = await Assert.ThrowsAsync<CnmException>(() => next!);
        Assert.Contains("is already in use", refused.Message, StringComparison.Ordinal);
        Assert.Equal(endpoint.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_that_is_assigned_again_goes_to_the_next_at_once_and_a_MAC_address_of_users_later(bool isJoined)
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint first = await ConnectAsync(test, "10.77.0.2/24");
        await JoinAsync(first.Id);
        Endpoint second = await CreateAsync(test, first.Network, "10.77.0.2/24");
        Assert.Equal(second.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
        await JoinAsync(second.Id);

        // Two containers that start at once may be given one.
        CnmException refused = await Assert.ThrowsAsync<CnmException>(
            () => CreateAsync(test, first.Network, "10.77.0.3/24", second.MacAddress));
        Assert.Contains("is already in use", refused.Message, StringComparison.Ordinal);
        time.Advance(Long);
        Endpoint third = await CreateAsync(test, first.Network, "10.77.0.3/24", second.MacAddress);
        Assert.Equal(third.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));

        async Task JoinAsync(EndpointId id)
        {
            if (isJoined)
            {
                await test.Controller.Foreign.JoinAsync(id, Stack);
            }
        }
    }

    [Fact]
    public async Task An_address_that_was_reserved_before_the_Engine_started_and_has_no_endpoint_is_free_again()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        ForeignPool pool = await test.Controller.ForeignIpam.RequestPoolAsync(
            new ForeignPoolRequest(IPv6: false, IPNetwork.Parse("10.77.0.0/24"), Range: null));
        Endpoint endpoint = await ConnectAsync(test, await AskAsync(test, pool, "10.77.0.2"));
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack)).Name);
        await AskAsync(test, pool, "10.77.0.3");
        await AskAsync(test, pool, "10.77.0.4");
        time.Advance(Long);

        // The Engine has died and started, and repeats one of them.
        await test.Controller.ForeignIpam.BeginReplayAsync(isWhole: true);
        await test.Controller.Foreign.RemoveLostAsync();
        await test.Controller.ForeignIpam.RequestPoolAsync(
            new ForeignPoolRequest(IPv6: false, IPNetwork.Parse("10.77.0.0/24"), Range: null));
        await AskAsync(test, pool, "10.77.0.4");
        await test.Controller.ForeignIpam.EndReplayAsync();
        await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, pool, "10.77.0.3")); // another call may be on its way
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        await AskAsync(test, pool, "10.77.0.3");
        await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, pool, "10.77.0.2"));
        await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, pool, "10.77.0.4"));
    }

    [Fact]
    public async Task One_in_a_network_stack_without_processes_goes_and_one_beside_it_stays()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint dead = await ConnectAsync(test, "10.77.0.2/24");
        Endpoint alive = await CreateAsync(test, dead.Network, "10.77.0.3/24");
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(dead.Id, Stack)).Name);
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(alive.Id, Stack + "c")).Name);
        time.Advance(Long);
        await test.Controller.Foreign.RemoveLostAsync(() => path => path == Stack);
        Assert.Equal(alive.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
    }

    [Fact]
    public async Task What_is_looked_at_again_is_looked_at_as_it_is_then()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack)).Name);
        var processes = new HashSet<string>();
        await test.Controller.Foreign.RemoveLostAsync(() =>
        {
            HashSet<string> now = [.. processes];
            return path => !now.Contains(path);
        });
        processes.Add(Stack); // the container that was about to start has started
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        Assert.Equal(endpoint.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
    }

    [Fact]
    public async Task Ports_of_one_that_has_gone_are_published_no_more_and_the_Engine_is_not_refused()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        PortSpec[] ports = [new PortSpec { ContainerPort = 80, Protocol = PortProtocol.Tcp }];
        await test.Controller.Foreign.RemoveEndpointAsync(endpoint.Id);
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.Foreign.PublishAsync(endpoint.Id, ports));

        Endpoint lost = await CreateAsync(test, endpoint.Network, "10.77.0.3/24");
        await test.Controller.Foreign.JoinAsync(lost.Id, Stack);
        test.Engine.Kernel.Remove(test.Engine.Kernel.Values.OfType<VethPair>().Single().Key);
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Empty(test.Controller.Sandboxes);
        await test.Controller.Foreign.PublishAsync(lost.Id, ports);
        Assert.Empty(test.Controller.Sandboxes);
        await test.Controller.Foreign.RemoveEndpointAsync(lost.Id);
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.Foreign.PublishAsync(lost.Id, ports));
    }

    [Fact]
    public async Task One_whose_link_is_gone_goes_at_once()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        test.Engine.Kernel.Remove(test.Engine.Kernel.Values.OfType<VethPair>().Single().Key);
        await test.Controller.Foreign.RemoveLostAsync();
        Assert.Empty(test.Controller.Sandboxes);
    }

    [Fact]
    public async Task An_address_that_no_endpoint_has_is_free_again_unless_this_daemon_gave_it()
    {
        var time = new ManualTime();
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(new() { Time = time });
        ForeignPool pool = await test.Controller.ForeignIpam.RequestPoolAsync(
            new ForeignPoolRequest(IPv6: false, IPNetwork.Parse("10.77.0.0/24"), Range: null));
        await test.Controller.ForeignIpam.RequestAddressAsync(pool.Id, IPAddress.Parse("10.77.0.1"), isGateway: true);
        await test.Controller.ForeignIpam.RequestAddressAsync(pool.Id, IPAddress.Parse("10.77.0.9"), isGateway: false); // auxiliary
        Endpoint endpoint = await ConnectAsync(test, await AskAsync(test, pool, "10.77.0.2"));
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack)).Name);
        await AskAsync(test, pool, "10.77.0.3");
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        await AskAsync(test, pool, "10.77.0.4");

        // At first the daemon before may have given one that an endpoint is about to have.
        await test.Controller.Foreign.RemoveLostAsync();
        await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, pool, "10.77.0.3"));
        time.Advance(Long);
        await test.Controller.MendKernelAsync(default);
        await AskAsync(test, pool, "10.77.0.3");
        foreach (string taken in (string[])["10.77.0.1", "10.77.0.2", "10.77.0.4", "10.77.0.9"])
        {
            await Assert.ThrowsAsync<CnmException>(() => AskAsync(test, pool, taken));
        }

        Assert.Equal(endpoint.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Keys));
    }

    [Fact]
    public async Task A_network_that_the_engine_has_forgotten_is_removed_by_force_with_what_was_reserved_of_its_subnet()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.Controller.ForeignIpam.RequestPoolAsync(
            new ForeignPoolRequest(IPv6: false, IPNetwork.Parse("10.77.0.0/24"), Range: null));
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        string name = test.Controller.Snapshot[endpoint.Network].Name;
        CnmException plain = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveNetwork(name).RunAsync(default));
        Assert.Contains("netctl network rm -f", plain.Message, StringComparison.Ordinal);
        CnmException used = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.RemoveNetwork(name, force: true).RunAsync(default));
        Assert.Contains("active endpoints", used.Message, StringComparison.Ordinal);
        await test.Controller.Foreign.RemoveEndpointAsync(endpoint.Id);
        await test.Controller.RemoveNetwork(name, force: true).RunAsync(default);
        await test.Controller.CreateNetwork(new NetworkCreateRequest
        {
            Name = "own",
            Subnets = [SubnetRequest.Parse("10.77.0.0/24", range: null, gateway: null, auxiliaryAddresses: null)],
        }).RunAsync(default);
    }

    [Fact]
    public async Task What_stands_for_an_endpoint_is_neither_stopped_nor_started_nor_connected_by_users_and_removed_by_force_alone()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Endpoint endpoint = await ConnectAsync(test, "10.77.0.2/24");
        await test.Controller.Foreign.JoinAsync(endpoint.Id, Stack);
        string name = Assert.Single(test.Controller.Sandboxes).Name;
        string network = test.Controller.Snapshot[endpoint.Network].Name;
        var connect = new ConnectRequest { Sandbox = name, Endpoint = new EndpointRequest { Network = "bridge" } };
        foreach (Func<Task> change in (Func<Task>[])
            [
                () => test.Controller.StopSandbox(name, TimeSpan.Zero, signal: null).RunAsync(default),
                () => test.Controller.StartSandbox(name, attach: false).RunAsync(default),
                () => test.Controller.RestartSandboxAsync(name, TimeSpan.Zero, signal: null),
                () => test.Controller.Connect(connect).RunAsync(default),
                () => test.Controller.Disconnect(network, name).RunAsync(default),
                () => test.Controller.RemoveSandbox(name, force: false).RunAsync(default),
                () => test.Controller.RenameSandbox(name, "other").RunAsync(default),
                () => test.Controller.CreateSandbox(new SandboxCreateRequest
                {
                    Name = "beside",
                    Networks = [new EndpointRequest { Network = $"container:{name}" }],
                }).RunAsync(default),
            ])
        {
            CnmException error = await Assert.ThrowsAsync<CnmException>(change);
            Assert.Equal(CnmErrorKind.Forbidden, error.Kind);
            Assert.Contains("is Docker Engine's; do it there", error.Message, StringComparison.Ordinal);
        }

        Assert.Single(test.Controller.Snapshot.EndpointsById);
        await test.Controller.RemoveSandbox(name, force: true).RunAsync(default);
        Assert.Empty(test.Controller.Snapshot.EndpointsById);
    }

    private static async Task<Endpoint> ConnectAsync(ControllerUnderTest test, string address)
    {
        var network = new ForeignNetworkRequest
        {
            Id = NetworkId.New(),
            Subnets =
            [
                SubnetRequest.Parse(
                    "10.77.0.0/24", range: null, "10.77.0.1", new Dictionary<string, string> { ["printer"] = "10.77.0.9" }),
            ],
        };
        await test.Controller.Foreign.CreateNetworkAsync(network);
        return await CreateAsync(test, network.Id, address);
    }

    private static Task<Endpoint> CreateAsync(
        ControllerUnderTest test, NetworkId network, string address, MacAddress? macAddress = null) =>
        test.Controller.Foreign.CreateEndpointAsync(new ForeignEndpointRequest
        {
            Network = network,
            Id = EndpointId.New(),
            IPv4 = InterfaceAddress.Parse(address),
            MacAddress = macAddress,
        });

    private static async Task<string> AskAsync(ControllerUnderTest test, ForeignPool pool, string address) =>
        (await test.Controller.ForeignIpam.RequestAddressAsync(pool.Id, IPAddress.Parse(address), isGateway: false)).ToString();
}
