using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Drivers.Macvlan;

namespace Net.Tests.Unit.Drivers;

public sealed class MacvlanTests
{
    [Theory]
    [InlineData("", MacvlanMode.Bridge)]
    [InlineData("bridge", MacvlanMode.Bridge)]
    [InlineData("vepa", MacvlanMode.Vepa)]
    [InlineData("private", MacvlanMode.Private)]
    [InlineData("passthru", MacvlanMode.PassThrough)]
    public void Mode_is_read_as_docker_writes_it(string word, MacvlanMode mode) =>
        Assert.Equal(mode, LinkOf(Open(("parent", "eth0"), ("macvlan_mode", word))).Mode);

    [Fact]
    public void Endpoint_is_a_link_on_the_parent_with_its_addresses_and_nothing_else()
    {
        DesiredObject[] objects = [.. Open(("parent", "eth0")).Describe(Samples.Endpoint(ipv6: false), Samples.Sandbox, [])];
        MacvlanLink link = Assert.IsType<MacvlanLink>(objects[0]);
        Assert.Equal(("eth0", "eth0", Samples.Mac, false), (link.Parent, link.Name, link.MacAddress, link.IPv6));
        Assert.All(objects[1..], o => Assert.IsType<LinkAddress>(o));
        Assert.Equal("macvlan", Assert.IsType<LinkKindSupport>(Assert.Single(Open(("parent", "eth0")).Describe())).Kind);
    }

    [Fact]
    public void Parent_of_ones_own_is_private_to_the_network()
    {
        IDriverNetwork network = Open();
        PrivateParent parent = Assert.IsType<PrivateParent>(network.Describe()[1]);
        Assert.Equal(("dm-0123456789ab", "dp-0123456789ab"), (parent.Name, parent.OtherName));
        Assert.Equal(parent.Name, LinkOf(network).Parent);
        Assert.Empty(network.CheckNew());
    }

    [Theory]
    [InlineData("eth0.10", "eth0", 10)]
    [InlineData("eth0.4094", "eth0", 4094)]
    [InlineData("a.b.7", "a.b", 7)]
    public void Vlan_of_a_link_is_made_by_its_name(string name, string parent, ushort id)
    {
        VlanLink vlan = Assert.IsType<VlanLink>(Open(("parent", name)).Describe()[1]);
        Assert.Equal((name, parent, id), (vlan.Name, vlan.Parent, vlan.Id));
    }

    [Theory]
    [InlineData("eth1")]
    [InlineData("eth0.0")]
    [InlineData("eth0.4095")]
    [InlineData("eth0.x")]
    [InlineData("nosuch.10")]
    public void Parent_that_neither_exists_nor_can_be_made_is_refused(string parent) =>
        Assert.Equal(
            CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => Open(("parent", parent)).CheckNew()).Kind);

    [Fact]
    public void Link_that_the_host_has_is_used_whatever_its_name()
    {
        IDriverNetwork network = new MacvlanDriver().Open(
            Network(("parent", "eth0.10")), Samples.Facts with { ForeignLinks = new HashSet<string> { "eth0.10" } });
        Assert.IsType<LinkKindSupport>(Assert.Single(network.Describe()));
        Assert.Empty(network.CheckNew());
    }

    [Fact]
    public void Every_bad_option_is_named()
    {
        CnmException error = Assert.Throws<CnmException>(() => Open(("parent", "lo"), ("macvlan_mode", "x"), ("bogus", "1")));
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
        Assert.Contains("bridge, vepa, private, passthru", error.Message, StringComparison.Ordinal);
        Assert.Contains("bogus=1: unknown option", error.Message, StringComparison.Ordinal);
    }

    private static MacvlanLink LinkOf(IDriverNetwork network) =>
        network.Describe(Samples.Endpoint(ipv6: false), Samples.Sandbox, []).OfType<MacvlanLink>().Single();

    private static IDriverNetwork Open(params (string Key, string Value)[] options) =>
        new MacvlanDriver().Open(Network(options), Samples.Facts with { ForeignLinks = new HashSet<string> { "eth0", "a.b" } });

    private static Network Network(params (string Key, string Value)[] options) => Samples.Network(options) with { Driver = "macvlan" };
}
