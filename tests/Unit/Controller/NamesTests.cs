using System.Net;
using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Requests;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Controller;

public sealed class NamesTests
{
    [Fact]
    public async Task A_container_is_known_by_all_its_names_to_those_on_its_networks()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.NetworkAsync("back");
        SandboxCreated web = await test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = "web",
                HostName = "Shop",
                Networks = [new EndpointRequest { Network = "front", Aliases = ["www"] }],
            }).RunAsync(default);
        SandboxId client = (await test.CreateAsync("client", "front")).Id;
        SandboxId stranger = (await test.CreateAsync("stranger", "back")).Id;
        Endpoint endpoint = test.Controller.EndpointsOf(web.Id)[0];
        foreach (string name in (string[])["web", "WEB", "shop", "www", web.Id.Short, "web.front", "www.front", "Shop.Front"])
        {
            Assert.Equal([endpoint.IPv4!.Address], Ask(test, client, name, AddressFamily.InterNetwork)!);
            Assert.Equal([endpoint.IPv6!.Address], Ask(test, client, name, AddressFamily.InterNetworkV6)!);
            Assert.NotNull(Ask(test, client, name, AddressFamily.Unspecified));
            Assert.Null(Ask(test, stranger, name, AddressFamily.InterNetwork));
        }

        Assert.Null(Ask(test, client, "web.back", AddressFamily.InterNetwork));
        Assert.Equal(["web.front"], AskPointer(test, client, endpoint.IPv4!.Address)!);
        Assert.Null(AskPointer(test, stranger, endpoint.IPv4.Address));

        await test.Controller.RemoveSandbox("web", force: false).RunAsync(default);
        Assert.Null(Ask(test, client, "web", AddressFamily.InterNetwork));
        Assert.Null(AskPointer(test, client, endpoint.IPv4.Address));
    }

    [Fact]
    public async Task A_search_finds_a_name_on_every_network_and_knows_no_other()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front", ipv6: true);
        await test.NetworkAsync("back");
        Endpoint web = test.Controller.EndpointsOf((await test.CreateAsync("web", "front")).Id)[0];
        await test.CreateAsync("db", "back");
        await test.CreateAsync("other", "front");
        var addresses = new List<IPAddress>();
        var names = new List<DnsName>();

        INameSource found = test.Views.SearchNames(DnsName.Parse("WEB"));

        Assert.Equal(NameLookup.Known, found.Lookup(DnsName.Parse("web"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(NameLookup.Known, found.Lookup(DnsName.Parse("web"), AddressFamily.InterNetworkV6, addresses));
        Assert.Equal([web.IPv4!.Address, web.IPv6!.Address], addresses);
        Assert.Equal(NameLookup.NotLocal, found.Lookup(DnsName.Parse("db"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(
            NameLookup.Known, test.Views.SearchNames(DnsName.Parse("db"))
                .Lookup(DnsName.Parse("db"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(
            NameLookup.NotLocal, test.Views.SearchNames(DnsName.Parse("nobody"))
                .Lookup(DnsName.Parse("nobody"), AddressFamily.InterNetwork, addresses));

        // The host's domain is ours also when no container is asked for.
        Assert.Equal("NXDOMAIN", test.Views.SearchNames(DnsName.Parse("none.netctl.internal")).Ask("none.netctl.internal"));
        Assert.Equal("", test.Views.SearchNames(DnsName.Parse("netctl.internal")).Ask("netctl.internal"));

        DnsName reverse = ReverseName.FromAddress(web.IPv4.Address);
        Assert.True(test.Views.SearchNames(reverse).TryLookupPointer(reverse, names));
        Assert.Equal(["web.front"], names.Select(n => n.ToString()));
    }

    [Fact]
    public async Task On_the_default_network_there_are_no_names()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        SandboxId client = (await test.CreateAsync("client")).Id;
        Assert.Null(Ask(test, client, "web", AddressFamily.InterNetwork));
    }

    [Fact]
    public async Task Several_containers_with_one_alias_answer_together_until_they_stop()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await test.RunAsync("a", "front");
        await test.RunAsync("b", "front");
        foreach (string name in (string[])["c", "d"])
        {
            await test.Controller.CreateSandbox(
                new SandboxCreateRequest
                {
                    Name = name,
                    Networks = [new EndpointRequest { Network = "front", Aliases = ["pool"] }],
                }).RunAsync(default);
        }

        SandboxId client = test.Controller.FindSandbox("a").Id;
        Assert.Equal(2, Ask(test, client, "pool", AddressFamily.InterNetwork)!.Count);
        await test.Controller.Disconnect("front", "c").RunAsync(default);
        Assert.Single(Ask(test, client, "pool", AddressFamily.InterNetwork)!);
        Assert.NotNull(Ask(test, client, "b", AddressFamily.InterNetwork));
        await test.Controller.StopSandbox("b", TimeSpan.Zero, null).RunAsync(default);
        Assert.Null(Ask(test, client, "b", AddressFamily.InterNetwork));
    }

    [Fact]
    public async Task A_container_with_internal_networks_only_forwards_nothing_until_that_changes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId id = (await test.CreateAsync("web", "inside")).Id;
        IUpstreamSource upstreams = test.Views.UpstreamsOf(id);
        Assert.True(upstreams.Policy.IsForbidden);
        await test.Controller.Connect(new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "bridge" } })
            .RunAsync(default);
        Assert.False(upstreams.Policy.IsForbidden);
        await test.Controller.Disconnect("bridge", "web").RunAsync(default);
        Assert.True(upstreams.Policy.IsForbidden);
        UpstreamPolicy other = test.Views.UpstreamsOf((await test.CreateAsync("x")).Id).Policy;
        Assert.Equal([IPAddress.Parse("192.0.2.53"), IPAddress.Parse("127.0.0.53")], other.Servers.Select(s => s.Address.Address));
    }

    // Null: not ours.
    private static List<IPAddress>? Ask(ControllerUnderTest test, SandboxId client, string name, AddressFamily family)
    {
        List<IPAddress> addresses = [];
        return test.Views.NamesOf(client).Lookup(DnsName.Parse(name), family, addresses) == NameLookup.Known ? addresses : null;
    }

    private static IEnumerable<string>? AskPointer(ControllerUnderTest test, SandboxId client, IPAddress address)
    {
        List<DnsName> names = [];
        return test.Views.NamesOf(client).TryLookupPointer(ReverseName.FromAddress(address), names)
            ? names.Select(n => n.ToString())
            : null;
    }
}
