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
            new SandboxCreateRequest { Name = "web", HostName = "Shop", Networks = [new EndpointRequest { Network = "front", Aliases = ["www"] }] }, default);
        SandboxId asker = (await test.CreateAsync("asker", "front")).Id;
        SandboxId stranger = (await test.CreateAsync("stranger", "back")).Id;
        Endpoint endpoint = test.Controller.EndpointsOf(web.Id)[0];
        foreach (string name in (string[])["web", "WEB", "shop", "www", web.Id.Short, "web.front", "www.front", "Shop.Front"])
        {
            Assert.Equal([endpoint.IPv4!.Address], Ask(test, asker, name, AddressFamily.InterNetwork).Addresses);
            Assert.Equal([endpoint.IPv6!.Address], Ask(test, asker, name, AddressFamily.InterNetworkV6).Addresses);
            Assert.True(Ask(test, asker, name, AddressFamily.Unspecified).IsOurs);
            Assert.False(Ask(test, stranger, name, AddressFamily.InterNetwork).IsOurs);
        }

        Assert.False(Ask(test, asker, "web.back", AddressFamily.InterNetwork).IsOurs);
        Assert.Equal(["web.front"], test.Controller.NamesOf(asker).Lookup(endpoint.IPv4!.Address).Names.Select(n => n.ToString()));
        Assert.False(test.Controller.NamesOf(stranger).Lookup(endpoint.IPv4.Address).IsOurs);

        await test.Controller.RemoveSandboxAsync("web", force: false, default);
        Assert.False(Ask(test, asker, "web", AddressFamily.InterNetwork).IsOurs);
        Assert.False(test.Controller.NamesOf(asker).Lookup(endpoint.IPv4.Address).IsOurs);
    }

    [Fact]
    public async Task On_the_default_network_there_are_no_names()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.CreateAsync("web");
        SandboxId asker = (await test.CreateAsync("asker")).Id;
        Assert.False(Ask(test, asker, "web", AddressFamily.InterNetwork).IsOurs);
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
                new SandboxCreateRequest { Name = name, Networks = [new EndpointRequest { Network = "front", Aliases = ["pool"] }] }, default);
        }

        SandboxId asker = test.Controller.FindSandbox("a").Id;
        Assert.Equal(2, Ask(test, asker, "pool", AddressFamily.InterNetwork).Addresses.Count);
        await test.Controller.DisconnectAsync("front", "c", force: false, default);
        Assert.Single(Ask(test, asker, "pool", AddressFamily.InterNetwork).Addresses);
        Assert.True(Ask(test, asker, "b", AddressFamily.InterNetwork).IsOurs);
        await test.Controller.StopSandboxAsync("b", TimeSpan.Zero, null, default);
        Assert.False(Ask(test, asker, "b", AddressFamily.InterNetwork).IsOurs);
    }

    [Fact]
    public async Task Who_has_only_internal_networks_is_told_when_that_changes()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId id = (await test.CreateAsync("web", "inside")).Id;
        List<bool> forbidden = [];
        test.Controller.UpstreamsChanged += sandbox => forbidden.Add(test.Controller.UpstreamsOf(sandbox).IsForbidden);
        await test.Controller.ConnectAsync(new ConnectRequest { Sandbox = "web", Endpoint = new EndpointRequest { Network = "bridge" } }, default);
        await test.Controller.DisconnectAsync("bridge", "web", force: false, default);
        Assert.Equal([false, true], forbidden);
        Assert.Equal([IPAddress.Parse("192.0.2.53"), IPAddress.Parse("127.0.0.53")], test.Controller.UpstreamsOf((await test.CreateAsync("x")).Id).Servers.Select(s => s.Address));
        Assert.True(test.Controller.UpstreamsOf(id).IsForbidden);
    }

    private static NameAnswer Ask(ControllerUnderTest test, SandboxId asker, string name, AddressFamily family) =>
        test.Controller.NamesOf(asker).Lookup(DnsName.Parse(name), family);
}
