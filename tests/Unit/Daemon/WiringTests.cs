using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Controller;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Requests;
using Net.Controller.Stores;
using Net.Daemon;
using Net.Daemon.Http;
using Net.Dns.Files;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Drivers.Bridge;
using Net.Drivers.Host;
using Net.Drivers.Ipam.Default;
using Net.Drivers.None;
using Net.Tests.TestKit;
using Net.Tests.Unit.Controller;
using Net.Tests.Unit.Dns.Resolver;

namespace Net.Tests.Unit.Daemon;

/// <summary>The order in which the daemon puts its parts together: the model, the resolver and the forwarder that read it, and the
/// controller that writes it.</summary>
[SupportedOSPlatform("linux")]
public sealed class WiringTests
{
    private static readonly ConnectRequest ToBridge = new() { Sandbox = "web", Endpoint = new EndpointRequest { Network = "bridge" } };

    [Fact]
    public async Task Putting_the_parts_together_calls_neither_engine_nor_store_nor_processes_until_recovery()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("netctl-test-");
        try
        {
            var log = new RememberingLog();
            using SqliteStore file = SqliteStore.Open(Path.Combine(directory.FullName, "netctl.db"), log, TimeProvider.System);
            (INetctlStore store, IReadOnlyList<string> storeCalls) = CallRecorder.Of<INetctlStore>(file);
            (IDesiredStateEngine engine, IReadOnlyList<string> engineCalls) = CallRecorder.Of<IDesiredStateEngine>(new FakeEngine());
            (ISandboxProcesses processes, IReadOnlyList<string> processCalls) = CallRecorder.Of<ISandboxProcesses>(new FakeProcesses());
            var options = new ControllerOptions { ExecRoot = "/run/test" };

            var model = new CnmModel();
            var views = new ResolverViews(model, options, log);
            var peers = new ForwardedPeers(model, _ => null);
            using var server = new DnsServer();
            var sockets = new ResolverSockets(server, views);
            await using var controller = new NetworkController(
                options,
                model,
                store,
                [new BridgeDriver(), new HostDriver(), new NullDriver()],
                [new DefaultIpam("test")],
                new NoPlugins(),
                engine,
                processes,
                log,
                TimeProvider.System);

            Assert.Empty(engineCalls);
            Assert.Empty(storeCalls);
            Assert.Empty(processCalls);
            Assert.Empty(model.Current.Networks);
            Assert.Empty(server.Clients);
            Assert.Null(sockets.PortOf(SandboxId.New()));
            Assert.True(peers.Admits(IPAddress.Parse("192.0.2.1")));

            await controller.RecoverAsync(default);
            Assert.NotEmpty(engineCalls);
            Assert.NotEmpty(storeCalls);
            Assert.NotEmpty(model.Current.Networks);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Connecting_and_disconnecting_a_network_changes_where_the_resolver_forwards()
    {
        using var upstream = ScriptedUpstream.Answering(static query => [Queries.Answer(query)]);
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        test.Views.UseHostResolver(ResolvConf.Parse(""));
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId id = (await test.CreateAsync("web", "inside")).Id;
        using var server = new DnsServer();
        using Socket client = Serve(new ResolverSockets(server, test.Views), id);
        Assert.Equal(DnsResponseCode.NameError, await AskAsync(client));
        Assert.Empty(server.GetForwarding().Servers);

        await test.Controller.Connect(ToBridge).RunAsync(default);
        Assert.Equal(test.Views.HostUpstreams.Servers, server.GetForwarding().Servers.Select(s => s.Server));
        Assert.NotEmpty(test.Views.HostUpstreams.Servers);

        await test.Controller.Disconnect("bridge", "web").RunAsync(default);
        Assert.Empty(server.GetForwarding().Servers);
        Assert.Equal(DnsResponseCode.NameError, await AskAsync(client));
    }

    [Fact]
    public async Task New_servers_in_the_hosts_resolv_conf_reach_the_resolver()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId id = (await test.CreateAsync("web", "front")).Id;
        using var server = new DnsServer();
        using Socket client = Serve(new ResolverSockets(server, test.Views), id);
        Assert.Equal(["192.0.2.53:53", "127.0.0.53:53"], server.GetForwarding().Servers.Select(s => s.Server.ToString()));

        test.Views.UseHostResolver(ResolvConf.Parse("nameserver 198.51.100.1\n"));
        Assert.Equal(["198.51.100.1:53"], server.GetForwarding().Servers.Select(s => s.Server.ToString()));
    }

    [Fact]
    public async Task The_policy_is_the_same_object_until_the_sandbox_gets_another_one()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        IUpstreamSource upstreams = test.Views.UpstreamsOf((await test.CreateAsync("web", "front")).Id);
        UpstreamPolicy before = upstreams.Policy;
        await test.CreateAsync("db", "front");
        Assert.Same(before, upstreams.Policy);

        Assert.Equal(0, Garbage.Of(Ask));

        void Ask()
        {
            for (int i = 0; i < 100; i++)
            {
                _ = upstreams.Policy;
            }
        }
    }

    [Fact]
    public async Task A_proposed_connection_lets_no_query_out_before_it_is_made()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        IUpstreamSource upstreams = test.Views.UpstreamsOf((await test.CreateAsync("web", "inside")).Id);
        var during = new List<bool>();
        test.Engine.Refuse = _ =>
        {
            during.Add(upstreams.Policy.IsForbidden);
            return null;
        };
        await test.Controller.Connect(ToBridge).RunAsync(default);
        Assert.Equal([true], during);
        Assert.False(upstreams.Policy.IsForbidden);
    }

    [Fact]
    public async Task The_forwarder_follows_the_model_in_whom_it_admits()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var peers = new ForwardedPeers(test.Model, _ => null);
        Network inside = await test.NetworkAsync("inside", isInternal: true);
        await test.CreateAsync("web", "inside");
        IPAddress address = IPAddress.Parse(test.AddressOf("web", "inside"));
        Assert.False(peers.Admits(address));
        Assert.True(peers.Admits(inside.Pools[0].Gateway!));

        await test.Controller.RemoveSandbox("web", force: false).RunAsync(default);
        await test.Controller.RemoveNetwork("inside").RunAsync(default);
        Assert.True(peers.Admits(address));
    }

    // A link-local address says nothing of its sender but the link that it is on.
    [Fact]
    public async Task The_forwarder_admits_link_local_senders_by_their_link()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var links = new Dictionary<uint, string> { [2] = "lan" };
        var peers = new ForwardedPeers(test.Model, index => links.GetValueOrDefault(index));
        links[3] = $"br-{(await test.NetworkAsync("inside", ipv6: true, isInternal: true)).Id.Short}";
        links[4] = $"br-{(await test.NetworkAsync("open", ipv6: true)).Id.Short}";
        Assert.True(peers.Admits(IPAddress.Parse("fe80::2%2")));
        Assert.False(peers.Admits(IPAddress.Parse("fe80::2%3")));
        Assert.True(peers.Admits(IPAddress.Parse("fe80::2%4")));
        Assert.False(peers.Admits(IPAddress.Parse("fe80::2%5"))); // the link is gone

        await test.Controller.RemoveNetwork("inside").RunAsync(default);
        Assert.True(peers.Admits(IPAddress.Parse("fe80::2%3")));
    }

    [Fact]
    public async Task The_log_of_a_container_ends_when_its_resolver_does()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId id = (await test.CreateAsync("web", "inside")).Id;
        using var server = new DnsServer();
        Assert.Null(DnsLogFeed.Of(server, id.Value, TimeProvider.System));
        var sockets = new ResolverSockets(server, test.Views);
        using Socket client = Serve(sockets, id);
        using DnsLogFeed feed = DnsLogFeed.Of(server, id.Value, TimeProvider.System)!;
        using DnsLogFeed all = DnsLogFeed.OfAll(server, TimeProvider.System);
        await AskAsync(client);
        sockets.Remove(id);

        List<DnsLogFeed.Item> items = await feed.Reader.ReadAllAsync().ToListAsync();
        Assert.Equal([id.Value], items.Select(item => item.Entry.Client));
        Assert.True(all.Reader.TryRead(out _));
        Assert.False(all.Reader.Completion.IsCompleted);
    }

    // Opens a resolver for a sandbox on loopback ports, as the engine does inside of the sandbox.
    private static Socket Serve(ResolverSockets sockets, SandboxId sandbox)
    {
        (Socket udp, Socket tcp) = LoopbackSockets.Bind();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(udp.LocalEndPoint!);
        sockets.Add(sandbox, udp, tcp);
        return client;
    }

    private static async Task<DnsResponseCode> AskAsync(Socket client)
    {
        await client.SendAsync(Queries.Of("www.example.org"));
        return DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(client)).Header.ResponseCode;
    }
}
