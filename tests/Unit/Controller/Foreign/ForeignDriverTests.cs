using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;

namespace Net.Tests.Unit.Controller.Foreign;

/// <summary>The network driver that Docker Engine has in the controller.</summary>
public sealed class ForeignDriverTests
{
    private static readonly PortSpec Web = new() { ContainerPort = 80, HostPort = 8080, Protocol = PortProtocol.Tcp };

    [Fact]
    public async Task A_network_has_the_ids_and_addresses_of_the_other_program()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ForeignNetworkRequest request = NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(request);
        await test.Controller.Foreign.CreateNetworkAsync(request);

        Network network = Assert.Single(test.Controller.Networks, n => n.Foreign is not null);
        Assert.Equal((request.Id, $"engine-{request.Id.Short}"), (network.Id, network.Name));
        Assert.Equal(IPAddress.Parse("10.77.0.1"), Assert.Single(network.Pools).Gateway);
        Assert.Single(test.Engine.Kernel.Values.OfType<BridgeLink>(), bridge => bridge.Name == $"br-{request.Id.Short}");
    }

    [Fact]
    public async Task An_endpoint_is_a_sandbox_of_which_the_hosts_side_alone_is_made()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ForeignNetworkRequest network = NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(network);
        ForeignEndpointRequest request = EndpointRequest(network.Id, "10.77.0.2/24");
        Endpoint endpoint = await test.Controller.Foreign.CreateEndpointAsync(request);
        Endpoint again = await test.Controller.Foreign.CreateEndpointAsync(request);
        Assert.Equal(endpoint, again);
        Assert.NotNull(endpoint.MacAddress);

        ForeignLink link = await test.Controller.Foreign.JoinAsync(request.Id, "/var/run/docker/netns/0123456789ab");
        Assert.Equal((IPAddress.Parse("10.77.0.1"), null, "eth"), (link.GatewayIPv4, link.GatewayIPv6, link.Prefix));
        VethPair pair = Assert.Single(test.Engine.Kernel.Values.OfType<VethPair>());
        Assert.Equal((link.Name, NamespaceRef.Host, Ownership.HandedOver), (pair.PeerName, pair.PeerNamespace, pair.Ownership));
        Sandbox sandbox = Assert.Single(test.Controller.Sandboxes);
        Assert.Equal((StackSource.Foreign, SandboxState.Running), (sandbox.StackSource, sandbox.State));
        Assert.Equal("/var/run/docker/netns/0123456789ab", sandbox.ForeignKey);
        Assert.Empty(test.Processes.Started);
    }

    [Fact]
    public async Task A_link_that_shares_one_of_the_hosts_waits_in_the_daemons_namespace_under_a_name_of_its_own()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Engine.Facts = test.Engine.Facts with { ForeignLinks = new HashSet<string>(["lan"]) };
        ForeignNetworkRequest network = NetworkRequest() with
        {
            Driver = "macvlan",
            Options = new Dictionary<string, string> { ["parent"] = "lan", ["macvlan_mode"] = "private" },
        };
        EndpointId id = await ConnectAsync(test, network);
        ForeignLink joined = await test.Controller.Foreign.JoinAsync(id, "key");
        Assert.Equal((IPAddress.Parse("10.77.0.1"), false), (joined.GatewayIPv4, joined.IsNeverWayOut));
        MacvlanLink link = Assert.Single(test.Engine.Kernel.Values.OfType<MacvlanLink>());
        Assert.Equal((joined.Name, NamespaceRef.Host, Ownership.HandedOver), (link.Name, link.Namespace, link.Ownership));
        Assert.Equal((MacvlanMode.Private, "lan"), (link.Mode, link.Parent));
        Assert.NotNull(link.MacAddress);
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        Assert.Empty(Published(test));
        await test.Controller.Foreign.RemoveEndpointAsync(id);
        Assert.Empty(test.Engine.Kernel.Values.OfType<MacvlanLink>());
    }

    [Fact]
    public async Task A_link_that_another_program_has_removed_cannot_be_joined()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        test.Engine.Kernel.Remove(test.Engine.Kernel.Values.OfType<VethPair>().Single().Key);
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.Foreign.JoinAsync(id, "key"));
        Assert.Contains("start the container again", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03:00:00:00:00:01", "group address")]
    [InlineData("gateway", "by its gateway")]
    public async Task An_Ethernet_address_that_cannot_be_is_refused(string address, string words)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ForeignNetworkRequest network = NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(network);
        BridgeLink bridge = test.Engine.Kernel.Values.OfType<BridgeLink>().Single(b => b.Name == $"br-{network.Id.Short}");
        MacAddress mac = address == "gateway" ? bridge.MacAddress : MacAddress.Parse(address);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.Foreign.CreateEndpointAsync(EndpointRequest(network.Id, "10.77.0.2/24") with { MacAddress = mac }));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_are_published_and_unpublished_as_a_whole()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        Assert.Equal(8080, Assert.Single(Published(test)).HostPort);

        await test.Controller.Foreign.UnpublishAsync(id);
        await test.Controller.Foreign.UnpublishAsync(id);
        Assert.Empty(Published(test));
    }

    [Fact]
    public async Task Removal_undoes_all_that_came_before_it_and_may_be_told_twice_or_of_what_never_was()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        HashSet<DesiredObject> before = [.. test.Engine.Kernel.Values];
        EndpointId id = await ConnectAsync(test);
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        NetworkId network = test.Controller.Networks.Single(n => n.Foreign is not null).Id;

        // Docker Engine removes a network only after its endpoints; whoever does not is not left with any.
        await test.Controller.Foreign.RemoveNetworkAsync(network);
        await test.Controller.Foreign.RemoveNetworkAsync(network);
        await test.Controller.Foreign.RemoveEndpointAsync(id);
        await test.Controller.Foreign.RemoveEndpointAsync(EndpointId.New());
        await test.Controller.Foreign.UnpublishAsync(EndpointId.New());
        Assert.Equal(before, [.. test.Engine.Kernel.Values]);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Empty(test.Controller.Snapshot.Tombstones);
    }

    [Fact]
    public async Task What_cannot_be_removed_now_is_removed_with_the_next_mending()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        test.Store.IsFull = true;
        await test.Controller.Foreign.RemoveEndpointAsync(id);
        Assert.Single(test.Controller.Sandboxes);

        test.Store.IsFull = false;
        await test.Controller.MendAsync(endsUnknown: false, default);
        Assert.Empty(test.Controller.Sandboxes);
        Assert.Empty(test.Engine.Kernel.Values.OfType<VethPair>());
    }

    [Fact]
    public async Task All_of_it_outlasts_the_daemon()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Single(Published(test));
        Assert.NotNull(test.Controller.Networks.Single(n => n.Foreign is not null).Foreign);

        await test.Controller.Foreign.RemoveEndpointAsync(id);
        Assert.Empty(test.Engine.Kernel.Values.OfType<VethPair>());
    }

    [Fact]
    public async Task An_endpoint_whose_link_is_gone_when_the_daemon_starts_is_gone_too()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        NetworkId network = test.Controller.Networks.Single(n => n.Foreign is not null).Id;
        await test.Controller.Foreign.CreateEndpointAsync(EndpointRequest(network, "10.77.0.3/24"));
        await test.Controller.Foreign.PublishAsync(id, [Web]);
        string veth = test.Engine.Kernel.Values.OfType<VethPair>().Single(pair => pair.Owner == OwnerId.Of(id)).Key;
        await test.RestartAsync();
        test.Engine.Kernel.Remove(veth);
        await test.Controller.RecoverAsync(default);
        Assert.Empty(Published(test));
        Assert.Equal("10.77.0.3", $"{Assert.Single(test.Controller.Snapshot.EndpointsById.Values).IPv4?.Address}");

        // Docker Engine, which learns of it later, removes it and may assign its address again.
        await test.Controller.Foreign.UnpublishAsync(id);
        await test.Controller.Foreign.RemoveEndpointAsync(id);
        await test.Controller.Foreign.CreateEndpointAsync(EndpointRequest(network, "10.77.0.2/24"));
    }

    [Fact]
    public async Task A_network_whose_way_out_is_the_engines_is_nobodys_gateway()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test, NetworkRequest() with { Decisions = new ForeignNetwork { IsWithoutWayOut = true } });
        ForeignLink link = await test.Controller.Foreign.JoinAsync(id, "key");
        Assert.Equal((null, null, false), (link.GatewayIPv4, link.GatewayIPv6, link.IsNeverWayOut));
    }

    [Theory]
    [InlineData("10.78.0.2/24", "in no subnet")]
    [InlineData("10.77.0.2/16", "with that prefix length")]
    [InlineData("10.77.0.9/24", "address 10.77.0.9 is already in use")]
    [InlineData("10.77.0.1/24", "by its gateway")]
    [InlineData("10.77.0.0/24", "network or broadcast address")]
    [InlineData("10.77.0.255/24", "network or broadcast address")]
    public async Task An_address_that_cannot_be_is_refused(string address, string words)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ForeignNetworkRequest network = NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(network);
        Endpoint other = await test.Controller.Foreign.CreateEndpointAsync(EndpointRequest(network.Id, "10.77.0.9/24"));
        test.Engine.TakenLinks.Add((await test.Controller.Foreign.JoinAsync(other.Id, "/run/docker/netns/0123456789ab")).Name);
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => test.Controller.Foreign.CreateEndpointAsync(EndpointRequest(network.Id, address)));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Single(test.Controller.Sandboxes);
    }

    [Fact]
    public async Task An_endpoint_that_has_given_its_link_back_makes_way_for_another_with_its_address()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        EndpointId id = await ConnectAsync(test);
        NetworkId network = test.Controller.Networks.Single(n => n.Foreign is not null).Id;
        ForeignLink link = await test.Controller.Foreign.JoinAsync(id, "/var/run/docker/netns/0123456789ab");
        test.Engine.TakenLinks.Add(link.Name);
        ForeignEndpointRequest next = EndpointRequest(network, "10.77.0.2/24");
        await Assert.ThrowsAsync<CnmException>(() => test.Controller.Foreign.CreateEndpointAsync(next));

        test.Engine.TakenLinks.Clear();
        await test.Controller.Foreign.CreateEndpointAsync(next);
        Assert.Equal(next.Id, Assert.Single(test.Controller.Snapshot.EndpointsById.Values).Id);
        Assert.Single(test.Engine.Kernel.Values.OfType<VethPair>());
    }

    [Fact]
    public async Task Users_of_the_daemon_neither_connect_to_such_a_network_nor_remove_it()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        ForeignNetworkRequest request = NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(request);
        string name = $"engine-{request.Id.Short}";
        var container = new SandboxCreateRequest { Networks = [new EndpointRequest { Network = name }] };
        CnmException connect = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateSandbox(container).RunAsync(default));
        CnmException remove = await Assert.ThrowsAsync<CnmException>(() => test.Controller.RemoveNetwork(name).RunAsync(default));
        Assert.All([connect, remove], error => Assert.Equal(CnmErrorKind.Forbidden, error.Kind));
        Assert.Empty(await test.Controller.PruneNetworks(_ => true).RunAsync(default));
        Assert.Contains(test.Controller.Networks, network => network.Name == name);
    }

    private static IEnumerable<PublishedPort> Published(ControllerUnderTest test) =>
        test.Engine.Kernel.Values.OfType<PublishedPort>();

    private static async Task<EndpointId> ConnectAsync(ControllerUnderTest test, ForeignNetworkRequest? network = null)
    {
        network ??= NetworkRequest();
        await test.Controller.Foreign.CreateNetworkAsync(network);
        ForeignEndpointRequest request = EndpointRequest(network.Id, "10.77.0.2/24");
        await test.Controller.Foreign.CreateEndpointAsync(request);
        return request.Id;
    }

    private static ForeignNetworkRequest NetworkRequest() => new()
    {
        Id = NetworkId.New(),
        Subnets = [SubnetRequest.Parse("10.77.0.0/24", range: null, "10.77.0.1", auxiliaryAddresses: null)],
    };

    private static ForeignEndpointRequest EndpointRequest(NetworkId network, string address) => new()
    {
        Network = network,
        Id = EndpointId.New(),
        IPv4 = InterfaceAddress.Parse(address),
    };
}
