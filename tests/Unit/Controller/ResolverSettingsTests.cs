using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Tests.Unit.Controller;

/// <summary>What a user says about a container's resolver: where it is written, who is asked because of it, and what is refused.</summary>
public sealed class ResolverSettingsTests
{
    private static readonly ResolverConfig Asked = new()
    {
        Servers = [IPAddress.Parse("198.51.100.53")],
        Search = ["lab.example"],
        Options = ["ndots:2", "rotate"],
    };

    [Theory]
    [InlineData("front", "nameserver 127.0.0.11\nsearch lab.example\noptions ndots:2 rotate\n")]
    [InlineData("bridge", "nameserver 198.51.100.53\nsearch lab.example\noptions ndots:2 rotate\n")]
    [InlineData("none", "nameserver 198.51.100.53\nsearch lab.example\noptions ndots:2 rotate\n")]
    public async Task It_stands_in_the_containers_file(string network, string expected)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await CreateAsync(test, "web", network, Asked);
        Assert.Equal(expected, test.EtcFile("web", "resolv.conf"));
    }

    [Theory]
    [InlineData("front", "nameserver 127.0.0.11\noptions ndots:0\n")]
    [InlineData("bridge", "nameserver 192.0.2.53\n")]
    [InlineData("none", "nameserver 192.0.2.53\nnameserver 127.0.0.53\n")]
    public async Task A_dot_alone_empties_the_search_list_and_leaves_the_rest(string network, string expected)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        await CreateAsync(test, "web", network, new ResolverConfig { Search = ["."] });
        Assert.Equal(expected, test.EtcFile("web", "resolv.conf"));
    }

    [Fact]
    public async Task Named_servers_are_asked_from_within_the_container_and_the_daemons_own_from_the_host()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(
            new() { Resolver = new ResolverConfig { Servers = [IPAddress.Parse("203.0.113.53")] } });
        await test.NetworkAsync("front");
        SandboxId named = await CreateAsync(test, "named", "front", Asked);
        SandboxId plain = await CreateAsync(test, "plain", "front", ResolverConfig.None);
        await test.CreateAsync("bare");

        Assert.Equal(
            UpstreamPolicy.To(new UpstreamServer(IPEndPoint.Parse("198.51.100.53:53"), named.Value)), test.Views.UpstreamsOf(named).Policy);
        Assert.Equal(UpstreamPolicy.To(new UpstreamServer(IPEndPoint.Parse("203.0.113.53:53"))), test.Views.UpstreamsOf(plain).Policy);
        Assert.Equal("nameserver 203.0.113.53\nsearch example.org\n", test.EtcFile("bare", "resolv.conf"));
    }

    [Fact]
    public async Task It_is_kept_over_a_restart_of_the_daemon()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId id = await CreateAsync(test, "web", "front", Asked);
        await test.RestartAsync();
        await test.Controller.RecoverAsync(default);
        Assert.Equal(id.Value, Assert.Single(test.Views.UpstreamsOf(id).Policy.Servers).InClient);
        Assert.Contains("options ndots:2 rotate", test.EtcFile("web", "resolv.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_contents_of_the_hosts_file_hold_for_every_resolver_at_once()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = await CreateAsync(test, "web", "front", ResolverConfig.None);
        IUpstreamSource upstreams = test.Views.UpstreamsOf(web);
        Assert.Equal(["192.0.2.53:53", "127.0.0.53:53"], upstreams.Policy.Servers.Select(s => s.ToString()));

        test.Views.UseHostResolver(ResolvConf.Parse("nameserver 192.0.2.99\n"));
        Assert.Equal(["192.0.2.99:53"], upstreams.Policy.Servers.Select(s => s.ToString()));
        Assert.Equal(["192.0.2.99:53"], test.Views.HostUpstreams.Servers.Select(s => s.ToString()));
    }

    [Fact]
    public async Task Named_servers_are_asked_from_within_also_on_internal_networks_and_the_daemons_own_are_not()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync(
            new() { Resolver = new ResolverConfig { Servers = [IPAddress.Parse("203.0.113.53")] } });
        await test.NetworkAsync("inside", isInternal: true);
        SandboxId named = await CreateAsync(test, "web", "inside", Asked);
        Assert.Equal(
            UpstreamPolicy.To(new UpstreamServer(IPEndPoint.Parse("198.51.100.53:53"), named.Value)), test.Views.UpstreamsOf(named).Policy);
        Assert.True(test.Views.UpstreamsOf(await CreateAsync(test, "plain", "inside", ResolverConfig.None)).Policy.IsForbidden);
    }

    [Theory]
    [InlineData("127.0.0.11", null, null, "embedded resolver itself")]
    [InlineData(null, "two words", null, "search domain \"two words\"")]
    [InlineData(null, "", null, "search domain \"\"")]
    [InlineData(null, "-a.example", null, "no hyphen first")]
    [InlineData(null, "a..example", null, "labels of 1 to 63")]
    [InlineData(null, "a.example\nnameserver 192.0.2.66", null, "search domain")]
    [InlineData(null, null, "ndots:1\nnameserver 192.0.2.66", "one word of resolv.conf")]
    [InlineData(null, null, "", "one word of resolv.conf")]
    [InlineData(null, null, "#", "one word of resolv.conf")]
    public async Task What_cannot_stand_in_the_file_is_refused(string? server, string? search, string? option, string reason)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        var asked = new ResolverConfig
        {
            Servers = server is null ? [] : [IPAddress.Parse(server)],
            Search = search is null ? [] : [search],
            Options = option is null ? [] : [option],
        };
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => CreateAsync(test, "web", "bridge", asked));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_own_file_takes_no_words_of_a_container()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => CreateAsync(test, "web", "host", Asked));
        Assert.Contains("leave the dns options out", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web", true)]
    [InlineData("Web-1.example.org", true)]
    [InlineData("a_b", true)]
    [InlineData("", false)]
    [InlineData("-web", false)]
    [InlineData("web-", false)]
    [InlineData("web.", false)]
    [InlineData("a..b", false)]
    [InlineData("wéb", false)]
    [InlineData("a b", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.abc", false)]
    public async Task A_host_name_is_one_that_the_kernel_and_DNS_take(string hostName, bool isTaken)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        Task<SandboxCreated> made = test.Controller.CreateSandbox(new SandboxCreateRequest { Name = "web", HostName = hostName })
            .RunAsync(default);
        Assert.Equal(isTaken, await Record.ExceptionAsync(() => made) is null);
    }

    [Theory]
    [InlineData("front", "a b")]
    [InlineData("front", ".")]
    [InlineData("bridge", "www")]
    [InlineData("host", "www")]
    [InlineData("none", "www")]
    public async Task An_alias_is_a_name_on_a_user_network(string network, string alias)
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        CnmException error = await Assert.ThrowsAsync<CnmException>(() => test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = "web",
                Networks = [new EndpointRequest { Network = network, Aliases = [alias] }],
            }).RunAsync(default));
        Assert.Contains("alias", error.Message, StringComparison.Ordinal);
        Assert.Empty(test.Controller.Sandboxes);
    }

    private static async Task<SandboxId> CreateAsync(ControllerUnderTest test, string name, string network, ResolverConfig resolver) =>
        (await test.Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = name,
                Networks = [new EndpointRequest { Network = network }],
                Resolver = resolver,
            }).RunAsync(default)).Id;
}
