using System.Globalization;
using System.Net;
using System.Text.Json;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>What a link's MTU and the host's settings leave of IPv6.</summary>
public sealed class IPv6SettingTests
{
    [KernelFact]
    public void A_network_of_any_MTU_below_that_of_IPv6_works_and_has_no_IPv6() => Lab.Run(static lab =>
    {
        foreach (int mtu in (int[])[68, 1200, 1279])
        {
            DesiredObject[] wanted = Described(lab, mtu, ipv6: false);
            lab.Add(wanted);
            JsonElement bridge = Command.Json("ip -j link show type bridge")[0];
            Assert.Equal(mtu, bridge.GetProperty("mtu").GetInt32());
            Assert.Equal(mtu, Command.Json("ip -n web -j link show dev eth0")[0].GetProperty("mtu").GetInt32());
            Assert.False(Directory.Exists($"/proc/sys/net/ipv6/conf/{bridge.GetProperty("ifname").GetString()}"));
            Assert.Equal(0, Command.TryRun("ip", "netns", "exec", "web", "ping", "-c1", "-w10", "-s", "16", "172.18.0.1").ExitCode);
            StateDifference difference = lab.Engine.Diff(wanted);
            Assert.True(difference.Missing.Count + difference.Different.Count + difference.Conflicts.Count == 0, $"{difference}");
            Assert.Empty(lab.Remove(wanted));
            Graves.WaitUntilEmpty();
        }
    });

    [KernelFact]
    public void An_MTU_that_was_made_too_small_for_IPv6_is_mended_and_IPv6_with_it() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        string before = lab.Snapshot();
        Command.Run("ip -n web link set dev eth0 mtu 1200");
        Command.Run("ip link set dev vethbbbbbbb mtu 1200");
        Command.Run("ip link set dev br-aaaaaaaaaaaa mtu 1200");
        for (int look = 0; look < 3; look++)
        {
            Assert.Empty(lab.Engine.Mend(lab.Engine.Diff(lab.Shape.All)));
        }

        Assert.Equal(before.Split('\n').Order(), lab.Snapshot().Split('\n').Order());
    });

    [KernelFact]
    public void A_network_has_IPv6_where_the_host_has_it_off_for_all_links() => Lab.Run(static lab =>
    {
        Command.Run("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
        DesiredObject[] wanted = Described(lab, 1500, ipv6: true);
        lab.Add(wanted);
        Assert.Contains("2001:db8:1::2/64", Command.Run("ip -n web -br addr show dev eth0"), StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(
            () => Command.TryRun("ip", "netns", "exec", "web", "ping", "-c1", "-w10", "2001:db8:1::1").ExitCode == 0,
            TimeSpan.FromSeconds(10)));
        Assert.Equal("1\n1", Command.Run("sysctl -n net.ipv6.conf.all.disable_ipv6 net.ipv6.conf.default.disable_ipv6").Trim());
        Assert.Equal("1", Command.Run("sysctl -n net.ipv6.conf.lo.disable_ipv6").Trim());
    });

    private static DesiredObject[] Described(Lab lab, int mtu, bool ipv6)
    {
        var network = new Network
        {
            Id = NetworkId.Parse(new string('a', 64)),
            Name = "front",
            Driver = "bridge",
            Created = DateTimeOffset.UnixEpoch,
            EnableIPv6 = ipv6,
            IpamDriver = "default",
            Options = new Dictionary<string, string>
            {
                ["com.docker.network.driver.mtu"] = mtu.ToString(CultureInfo.InvariantCulture),
            },
            Pools =
            [
                new AddressPool { Subnet = IPNetwork.Parse("172.18.0.0/16"), Gateway = IPAddress.Parse("172.18.0.1") },
                .. ipv6
                    ? (AddressPool[])
                    [new AddressPool { Subnet = IPNetwork.Parse("2001:db8:1::/64"), Gateway = IPAddress.Parse("2001:db8:1::1") }]
                    : [],
            ],
        };
        var endpoint = new Endpoint
        {
            Id = EndpointId.Parse(new string('b', 64)),
            Network = network.Id,
            Sandbox = SandboxId.Parse(new string('c', 64)),
            Order = 0,
            InterfaceName = "eth0",
            MacAddress = MacAddress.Parse("02:42:ac:12:00:02"),
            IPv4 = InterfaceAddress.Parse("172.18.0.2/16"),
            IPv6 = ipv6 ? InterfaceAddress.Parse("2001:db8:1::2/64") : null,
        };
        IDriverNetwork opened = new BridgeDriver().Open(network, new HostFacts());
        return [.. opened.Describe(), .. lab.Shape.SandboxObjects, .. opened.Describe(endpoint, lab.Shape.Inside, [])];
    }
}
