using System.Net;
using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Requests;
using Net.Dns.Resolver;
using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Controller;

/// <summary>What a container's questions are answered with when it is on several networks, has private names, or asks for the
/// host.</summary>
public sealed class NameSourceTests
{
    [Fact]
    public async Task A_name_means_all_its_holders_on_all_networks_of_the_client()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.NetworkAsync("back");
        await test.CreateAsync("client", "front");
        await ConnectAsync(test, "client", "back");
        await CreateAsync(test, "a", "front", "pool");
        await CreateAsync(test, "b", "back", "pool");
        await ConnectAsync(test, "a", "back", "pool");

        Assert.Equal(
            Sorted(test.AddressOf("a", "front"), test.AddressOf("a", "back"), test.AddressOf("b", "back")), test.Ask("client", "pool"));
        Assert.Equal(test.AddressOf("a", "front"), test.Ask("client", "pool.front"));
        Assert.Equal(test.AddressOf("a", "front", ipv6: true), test.Ask("client", "pool", AddressFamily.InterNetworkV6));
        Assert.Equal("", test.Ask("client", "b", AddressFamily.InterNetworkV6));
        Assert.Equal("a.back", test.AskPointer("client", test.AddressOf("a", "back")));
        Assert.Equal("a.front", test.AskPointer("client", test.AddressOf("a", "front", ipv6: true)));
        Assert.Equal("client.front", test.AskPointer("client", test.AddressOf("client", "front")));
    }

    [Fact]
    public async Task An_alias_counts_on_its_own_network_and_after_a_stop_and_start()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        await test.CreateAsync("client", "front");
        await ConnectAsync(test, "client", "back");
        await test.RunAsync("web", "front");
        await test.Controller.StopSandbox("web", TimeSpan.Zero, null).RunAsync(default);
        await ConnectAsync(test, "web", "back", "www");
        Assert.Null(test.Ask("client", "www"));

        await test.Controller.StartSandbox("web", attach: false).RunAsync(default);
        Assert.Equal(test.AddressOf("web", "back"), test.Ask("client", "www"));
        Assert.Null(test.Ask("client", "www.front"));

        await test.Controller.Disconnect("back", "web").RunAsync(default);
        Assert.Null(test.Ask("client", "www"));
    }

    [Fact]
    public async Task A_private_name_is_its_owners_alone_and_hides_what_the_network_calls_so()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        foreach (string name in (string[])["client", "other", "one", "db"])
        {
            await test.CreateAsync(name, "front");
        }

        CnmModel model = Linked(
            test, "client", new PrivateName("db", "one"), new PrivateName("Store.Example", "one.front"));
        var client = new SandboxNames(model, test.IdOf("client"));
        foreach (string name in (string[])["db", "DB.front", "store.example", "store.example.front"])
        {
            Assert.Equal(test.AddressOf("one", "front"), client.Ask(name));
        }

        var other = new SandboxNames(model, test.IdOf("other"));
        Assert.Equal(test.AddressOf("db", "front"), other.Ask("db"));
        Assert.Null(other.Ask("store.example"));
    }

    [Fact]
    public async Task A_private_name_whose_target_is_away_stays_ours()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("client", "front");
        await test.CreateAsync("db", "front");
        CnmModel model = Linked(test, "client", new PrivateName("db", "nobody"), new PrivateName("gone", "a..b"));
        var client = new SandboxNames(model, test.IdOf("client"));
        Assert.Equal(test.AddressOf("db", "front"), client.Ask("db"));
        Assert.Equal("", client.Ask("gone"));
    }

    [Fact]
    public async Task The_host_and_the_gateway_have_names_in_both_families()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Network inside = await test.NetworkAsync("inside", ipv6: true, isInternal: true);
        Network front = await test.NetworkAsync("front");
        await test.CreateAsync("client", "inside");
        Assert.Equal(GatewayOf(inside, ipv6: false), test.Ask("client", "host.netctl.internal"));
        Assert.Equal("", test.Ask("client", "gateway.netctl.internal"));

        await ConnectAsync(test, "client", "front");
        Assert.Equal(GatewayOf(inside, ipv6: false), test.Ask("client", "Host.NETCTL.internal"));
        Assert.Equal(GatewayOf(inside, ipv6: true), test.Ask("client", "host.netctl.internal", AddressFamily.InterNetworkV6));
        Assert.Equal(GatewayOf(front, ipv6: false), test.Ask("client", "gateway.netctl.internal"));
        Assert.Equal("", test.Ask("client", "gateway.netctl.internal", AddressFamily.InterNetworkV6));
        Assert.Equal("", test.Ask("client", "host.netctl.internal", AddressFamily.Unspecified));
    }

    [Theory]
    [InlineData("netctl.internal", "")]
    [InlineData("NETCTL.Internal", "")]
    [InlineData("db.netctl.internal", "NXDOMAIN")]
    [InlineData("a.host.netctl.internal", "NXDOMAIN")]
    [InlineData("internal", null)]
    [InlineData("xnetctl.internal", null)]
    [InlineData("a\\006netctl\\008internal", null)]
    [InlineData("netctl.internal.example", null)]
    public async Task All_of_the_hosts_domain_is_ours(string name, string? expected)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("client", "front");
        Assert.Equal(expected, test.Ask("client", name, AddressFamily.Unspecified));
    }

    [Fact]
    public async Task A_container_on_a_network_called_internal_is_still_found()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("internal");
        await test.CreateAsync("netctl", "internal");
        Assert.Equal(test.AddressOf("netctl", "internal"), test.Ask("netctl", "netctl.internal"));
    }

    [Fact]
    public async Task One_who_leaves_the_last_network_sends_no_name_of_it_to_others_until_the_resolver_has_ended()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.CreateAsync("client", "front");
        await test.CreateAsync("db", "front");
        INameSource source = test.Views.NamesOf(test.IdOf("client"));
        string address = test.AddressOf("db", "front");
        Assert.Equal(address, source.Ask("db"));

        string own = test.AddressOf("client", "front");
        var model = new CnmModel();
        model.Publish(test.Model.Current);

        await test.Controller.Disconnect("front", "client").RunAsync(default);
        Assert.Equal(address, source.Ask("db"));
        Assert.Null(test.Ask("client", "db"));

        // While it leaves, its own name is there as well.
        model.Propose(test.Model.Current);
        Assert.Equal(own, new SandboxNames(model, test.IdOf("client")).Ask("client"));

        await ConnectAsync(test, "client", "front");
        await test.Controller.RemoveSandbox("db", force: false).RunAsync(default);
        Assert.Null(source.Ask("db"));
    }

    [Fact]
    public async Task A_look_up_allocates_nothing()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.NetworkAsync("back");
        await test.CreateAsync("client", "front");
        await ConnectAsync(test, "client", "back");
        await CreateAsync(test, "a", "front", "pool");
        await CreateAsync(test, "b", "back", "pool");
        INameSource source = new SandboxNames(Linked(test, "client", new PrivateName("db", "a")), test.IdOf("client"));
        DnsName[] names = [.. ((string[])["pool", "b.back", "db", "host.netctl.internal", "unknown.example.org"]).Select(DnsName.Parse)];
        DnsName[] pointers =
            [.. ((string[])[test.AddressOf("b", "back"), test.AddressOf("a", "front", ipv6: true), "192.0.2.1"])
                .Select(a => ReverseName.FromAddress(IPAddress.Parse(a)))];
        List<IPAddress> addresses = new(16);
        List<DnsName> found = new(16);
        int answers = 0;
        AskAll();
        Assert.Equal(5, answers);
        Assert.Equal(2, found.Count);

        Assert.Equal(0, Garbage.Of(AskAllOften));
        Assert.Equal(0, answers % 5);
        Assert.Equal(2, found.Count);

        void AskAllOften()
        {
            for (int i = 0; i < 100; i++)
            {
                AskAll();
            }
        }

        void AskAll()
        {
            found.Clear();
            foreach (DnsName name in names)
            {
                addresses.Clear();
                source.Lookup(name, AddressFamily.InterNetwork, addresses);
                answers += addresses.Count;
            }

            foreach (DnsName pointer in pointers)
            {
                source.TryLookupPointer(pointer, found);
            }
        }
    }

    [Fact]
    public async Task A_source_sees_every_change_at_once()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.NetworkAsync("back");
        await test.CreateAsync("client", "front");
        INameSource source = test.Views.NamesOf(test.IdOf("client"));
        Assert.Null(source.Ask("db"));
        await test.CreateAsync("db", "back");
        Assert.Null(source.Ask("db"));
        await ConnectAsync(test, "client", "back");
        Assert.Equal(test.AddressOf("db", "back"), source.Ask("db"));
        await test.Controller.Disconnect("back", "client").RunAsync(default);
        Assert.Null(source.Ask("db"));
        SandboxId id = test.IdOf("client");
        await test.Controller.RemoveSandbox("client", force: false).RunAsync(default);
        Assert.Null(test.Views.NamesOf(id).Ask("client"));
    }

    private static Task<SandboxCreated> CreateAsync(ControllerUnderTest test, string name, string network, params string[] aliases) =>
        test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = name,
                Networks = [new EndpointRequest { Network = network, Aliases = aliases }],
            }).RunAsync(default);

    private static Task<Endpoint> ConnectAsync(ControllerUnderTest test, string sandbox, string network, params string[] aliases) =>
        test.Controller.Connect(
            new ConnectRequest
            {
                Sandbox = sandbox,
                Endpoint = new EndpointRequest { Network = network, Aliases = aliases },
            }).RunAsync(default);

    /// <summary>The model with private names put on a container's first endpoint.</summary>
    private static CnmModel Linked(ControllerUnderTest test, string sandbox, params PrivateName[] names)
    {
        var edit = new ModelEdit(test.Controller.Snapshot);
        edit.Put(edit.Now.EndpointsOf(test.IdOf(sandbox))[0] with { PrivateNames = names });
        var model = new CnmModel();
        model.Publish(edit.Now);
        return model;
    }

    private static string GatewayOf(Network network, bool ipv6) => $"{network.Pools.Single(p => p.IsIPv6 == ipv6).Gateway}";

    private static string Sorted(params string[] addresses) => string.Join(' ', addresses.Order(StringComparer.Ordinal));
}
