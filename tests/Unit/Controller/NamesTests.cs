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
        SandboxCreated web = await test.Controller.CreateSandboxAsync(
            new SandboxCreateRequest
            {
                Name = "web",
                HostName = "Shop",
                Networks = [new EndpointRequest { Network = "front", Aliases = ["www"] }],
            },
            default);
        SandboxId asker = (await test.CreateAsync("asker", "front")).Id;
        SandboxId stranger = (await test.CreateAsync("stranger", "back")).Id;
        Endpoint endpoint = test.Controller.EndpointsOf(web.Id)[0];
        foreach (string name in (string[])["web", "WEB", "shop", "www", web.Id.Short, "web.front", "www.front", "Shop.Front"])
        {
            Assert.Equal([endpoint.IPv4!.Address], Ask(test, asker, name, AddressFamily.InterNetwork)!);
            Assert.Equal([endpoint.IPv6!.Address], Ask(test, asker, name, AddressFamily.InterNetworkV6)!);
            Assert.NotNull(Ask(test, asker, name, AddressFamily.Unspecified));
            Assert.Null(Ask(test, stranger, name, AddressFamily.InterNetwork));
        }

        Assert.Null(Ask(test, asker, "web.back", AddressFamily.InterNetwork));
        Assert.Equal(["web.front"], AskPointer(test, asker, endpoint.IPv4!.Address)!);
        Assert.Null(AskPointer(test, stranger, endpoint.IPv4.Address));

        await test.Controller.RemoveSandboxAsync("web", force: false, default);
        Assert.Null(Ask(test, asker, "web", AddressFamily.InterNetwork));
        Assert.Null(AskPointer(test, asker, endpoint.IPv4.Address));
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

        INameSource found = test.Controller.SearchNames(DnsName.Parse("WEB"));

        Assert.Equal(NameLookup.Known, found.Lookup(DnsName.Parse("web"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(NameLookup.Known, found.Lookup(DnsName.Parse("web"), AddressFamily.InterNetworkV6, addresses));
        Assert.Equal([web.IPv4!.Address, web.IPv6!.Address], addresses);
        Assert.Equal(NameLookup.NotOurs, found.Lookup(DnsName.Parse("db"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(
            NameLookup.Known,
            test.Controller.SearchNames(DnsName.Parse("db")).Lookup(DnsName.Parse("db"), AddressFamily.InterNetwork, addresses));
        Assert.Equal(
            NameLookup.NotOurs,
            test.Controller.SearchNames(DnsName.Parse("nobody")).Lookup(DnsName.Parse("nobody"), AddressFamily.InterNetwork, addresses));

        // The host's domain is ours also when no container is asked for.
        Assert.Equal("NXDOMAIN", test.Controller.SearchNames(DnsName.Parse("none.netctl.internal")).Ask("none.netctl.internal"));
        Assert.Equal("", test.Controller.SearchNames(DnsName.Parse("netctl.internal")).Ask("netctl.internal"));

        DnsName reverse = ReverseName.FromAddress(web.IPv4.Address);
        Assert.True(test.Controller.SearchNames(reverse).TryLookupPointer(reverse, names));
        Assert.Equal(["web.front"], names.Select(n => n.ToString()));
    }

    [Fact]
    public async Task On_the_default_network_there_are_no_names()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        SandboxId asker = (await test.CreateAsync("asker")).Id;
        Assert.Null(Ask(test, asker, "web", AddressFamily.InterNetwork));
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
            await test.Controller.CreateSandboxAsync(
                new SandboxCreateRequest { Name = name, Networks = [new EndpointRequest { Network = "front", Aliases = ["pool"] }] },
                default);
        }

        SandboxId asker = test.Controller.FindSandbox("a").Id;
        Assert.Equal(2, Ask(test, asker, "pool", AddressFamily.InterNetwork)!.Count);
        await test.Controller.DisconnectAsync("front", "c", force: false, default);
        Assert.Single(Ask(test, asker, "pool", AddressFamily.InterNetwork)!);
        Assert.NotNull(Ask(test, asker, "b", AddressFamily.InterNetwork));
        await test.Controller.StopSandboxAsync("b", TimeSpan.Zero, null, default);
        Assert.Null(Ask(test, asker, "b", AddressFamily.InterNetwork));
    }

    [Fact]
    public async Task Who_has_only_internal_networks_is_told_when_that_changes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId id = (await test.CreateAsync("web", "inside")).Id;
        List<bool> forbidden = [];
        test.Controller.UpstreamsChanged += sandbox => forbidden.Add(test.Controller.UpstreamsOf(sandbox).IsForbidden);
        await test.Controller.ConnectAsync(
            new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "bridge" } }, default);
        await test.Controller.DisconnectAsync("bridge", "web", force: false, default);
        Assert.Equal([false, true], forbidden);
        Assert.Equal(
            [IPAddress.Parse("192.0.2.53"), IPAddress.Parse("127.0.0.53")],
            test.Controller.UpstreamsOf((await test.CreateAsync("x")).Id).Servers.Select(s => s.Address.Address));
        Assert.True(test.Controller.UpstreamsOf(id).IsForbidden);
    }

    // Null: not ours.
    private static List<IPAddress>? Ask(ControllerUnderTest test, SandboxId asker, string name, AddressFamily family)
    {
        List<IPAddress> addresses = [];
        return test.Controller.NamesOf(asker).Lookup(DnsName.Parse(name), family, addresses) == NameLookup.Known ? addresses : null;
    }

    private static IEnumerable<string>? AskPointer(ControllerUnderTest test, SandboxId asker, IPAddress address)
    {
        List<DnsName> names = [];
        return test.Controller.NamesOf(asker).TryLookupPointer(ReverseName.FromAddress(address), names)
            ? names.Select(n => n.ToString())
            : null;
    }
}
