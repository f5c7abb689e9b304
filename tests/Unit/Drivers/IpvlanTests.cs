using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Drivers.Ipvlan;

namespace Net.Tests.Unit.Drivers;

public sealed class IpvlanTests
{
    [Theory]
    [InlineData("", IpvlanMode.L2, WayOut.Gateway)]
    [InlineData("l2", IpvlanMode.L2, WayOut.Gateway)]
    [InlineData("l3", IpvlanMode.L3, WayOut.Interface)]
    [InlineData("l3s", IpvlanMode.L3S, WayOut.Interface)]
    public void Mode_is_read_as_docker_writes_it_and_decides_the_way_out(string word, IpvlanMode mode, WayOut way)
    {
        IDriverNetwork network = Open(("parent", "eth0"), ("ipvlan_mode", word));
        Assert.Equal(mode, LinkOf(network).Mode);
        Assert.Equal(way, network.WayOut);
    }

    [Theory]
    [InlineData("", IpvlanFlag.Bridge)]
    [InlineData("bridge", IpvlanFlag.Bridge)]
    [InlineData("private", IpvlanFlag.Private)]
    [InlineData("vepa", IpvlanFlag.Vepa)]
    public void Flag_is_read_as_docker_writes_it(string word, IpvlanFlag flag) =>
        Assert.Equal(flag, LinkOf(Open(("parent", "eth0"), ("ipvlan_flag", word))).Flag);

    [Fact]
    public void Network_needs_the_kernels_support_first_and_endpoint_is_a_link_on_the_parent_with_its_addresses()
    {
        IDriverNetwork network = Open(("parent", "eth0"), ("com.docker.network.driver.mtu", "1400"));
        Assert.Equal("ipvlan", Assert.IsType<LinkKindSupport>(Assert.Single(network.Describe())).Kind);
        DesiredObject[] objects = [.. network.Describe(Samples.Endpoint(ipv6: true), Samples.Sandbox, [])];
        IpvlanLink link = Assert.IsType<IpvlanLink>(objects[0]);
        Assert.Equal(("eth0", "eth0", 1400, true), (link.Parent, link.Name, link.Mtu, link.IPv6));
        Assert.Equal(2, objects[1..].OfType<LinkAddress>().Count());
        Assert.Equal(3, objects.Length);
        Assert.False(network.ChoosesEthernetAddresses);
    }

    [Fact]
    public void Without_a_parent_there_is_a_private_one_and_no_way_out()
    {
        IDriverNetwork network = Open(("ipvlan_mode", "l3"));
        PrivateParent parent = Assert.IsType<PrivateParent>(network.Describe()[1]);
        Assert.Equal("di-0123456789ab", parent.Name);
        Assert.Equal(parent.Name, LinkOf(network).Parent);
        Assert.Equal(WayOut.None, network.WayOut);
    }

    [Fact]
    public void Vlan_of_a_link_is_made_by_its_name()
    {
        VlanLink vlan = Assert.IsType<VlanLink>(Open(("parent", "eth0.10")).Describe()[1]);
        Assert.Equal(("eth0.10", "eth0", (ushort)10), (vlan.Name, vlan.Parent, vlan.Id));
    }

    [Fact]
    public void Parent_belongs_to_one_network_since_the_kernel_has_one_mode_for_all_its_links() =>
        Assert.Equal("eth0", Open(("parent", "eth0")).LinkName);

    [Fact]
    public void Parent_that_neither_exists_nor_can_be_made_is_refused() =>
        Assert.Equal(
            CnmErrorKind.InvalidParameter, Assert.Throws<CnmException>(() => Open(("parent", "eth1")).CheckNew()).Kind);

    [Fact]
    public void Every_bad_option_is_named()
    {
        CnmException error = Assert.Throws<CnmException>(() => Open(("parent", "lo"), ("ipvlan_mode", "x"), ("ipvlan_flag", "y")));
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
        Assert.Contains("requested ipvlan mode 'x' is not valid", error.Message, StringComparison.Ordinal);
        Assert.Contains("requested ipvlan flag 'y' is not valid", error.Message, StringComparison.Ordinal);
    }

    private static IpvlanLink LinkOf(IDriverNetwork network) =>
        network.Describe(Samples.Endpoint(ipv6: false), Samples.Sandbox, []).OfType<IpvlanLink>().Single();

    private static IDriverNetwork Open(params (string Key, string Value)[] options) => new IpvlanDriver().Open(
        Samples.Network(options) with { Driver = "ipvlan" }, Samples.Facts with { ForeignLinks = new HashSet<string> { "eth0" } });
}
