using System.Net;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Tests.Unit.Dns.Files;

public sealed class ContainerResolvConfTests
{
    private static readonly ResolvConf Host = ResolvConf.Parse(
        "nameserver 127.0.0.1\nnameserver 192.0.2.53\nnameserver 2001:db8::53\nnameserver fe80::1%2\nnameserver fe80::2\nsearch " +
        "a.example\noptions rotate\n");

    [Fact]
    public void On_a_user_network_the_resolver_is_ours_and_ndots_is_zero() => Assert.Equal(
        "nameserver 127.0.0.11\nsearch a.example\noptions rotate ndots:0\n",
        ContainerResolvConf.ForUserNetwork(Host, ResolverOverrides.None).Format());

    [Fact]
    public void On_a_user_network_ndots_stays_as_it_was_set() => Assert.Equal(
        "nameserver 127.0.0.11\nsearch a.example\noptions ndots:3\n",
        ContainerResolvConf.ForUserNetwork(Host, new ResolverOverrides { Options = ["ndots:3"] }).Format());

    [Fact]
    public void On_the_default_bridge_servers_that_cannot_be_reached_are_left_out()
    {
        Assert.Equal(
            "nameserver 192.0.2.53\nsearch a.example\noptions rotate\n",
            ContainerResolvConf.ForDefaultBridge(Host, ResolverOverrides.None, hasIpv6: false).Format());
        Assert.Equal(
            "nameserver 192.0.2.53\nnameserver 2001:db8::53\nsearch a.example\noptions rotate\n",
            ContainerResolvConf.ForDefaultBridge(Host, ResolverOverrides.None, hasIpv6: true).Format());
    }

    [Theory]
    [InlineData(false, "nameserver 8.8.8.8\nnameserver 8.8.4.4\n")]
    [InlineData(true, "nameserver 8.8.8.8\nnameserver 8.8.4.4\nnameserver 2001:4860:4860::8888\nnameserver 2001:4860:4860::8844\n")]
    public void On_the_default_bridge_public_servers_stand_in_when_none_is_left(bool hasIpv6, string expected) => Assert.Equal(
        expected,
        ContainerResolvConf.ForDefaultBridge(ResolvConf.Parse("nameserver 127.0.0.1\n"), ResolverOverrides.None, hasIpv6).Format());

    [Fact]
    public void Each_part_that_the_user_gives_takes_the_place_of_the_hosts()
    {
        var overrides = new ResolverOverrides { NameServers = [IPAddress.Loopback], Search = ["."], Options = ["timeout:1"] };
        Assert.Equal(
            "nameserver 127.0.0.1\noptions timeout:1\n",
            ContainerResolvConf.ForDefaultBridge(Host, overrides, hasIpv6: false).Format());
    }

    [Fact]
    public void Upstreams_are_the_first_three_servers()
    {
        Assert.Equal(
            ["127.0.0.1:53", "192.0.2.53:53", "[2001:db8::53]:53"],
            Servers(ContainerResolvConf.Upstreams(Host, ResolverOverrides.None)));
        Assert.Equal(
            ["192.0.2.9:53"],
            Servers(ContainerResolvConf.Upstreams(Host, new ResolverOverrides { NameServers = [IPAddress.Parse("192.0.2.9")] })));
        Assert.Equal(
            ["8.8.8.8:53", "8.8.4.4:53"],
            Servers(ContainerResolvConf.Upstreams(ResolvConf.Empty, ResolverOverrides.None)));
    }

    [Fact]
    public void Only_named_servers_are_dialled_from_within_the_client()
    {
        var named = new ResolverOverrides { NameServers = [IPAddress.Parse("192.0.2.9")] };
        Assert.Equal("client", Assert.Single(ContainerResolvConf.Upstreams(Host, named, "client").Servers).InClient);
        Assert.All(
            ContainerResolvConf.Upstreams(Host, ResolverOverrides.None, "client").Servers, static server => Assert.Null(server.InClient));
        Assert.All(
            ContainerResolvConf.Upstreams(ResolvConf.Empty, ResolverOverrides.None, "client").Servers,
            static server => Assert.Null(server.InClient));
    }

    private static IEnumerable<string> Servers(UpstreamPolicy policy) => policy.Servers.Select(static server => server.ToString());
}
