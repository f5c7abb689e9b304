using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Ipvlan;

/// <summary>Containers that share a link of the host and its Ethernet address.</summary>
public sealed class IpvlanTests
{
    [KernelFact]
    public void Network_is_made_where_the_kernel_can_and_else_refused_with_that_reason_and_nothing_is_left()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        bool kernelCan = host.Run("ip", "link", "add", "link", "lan", "name", "probe", "type", "ipvlan", "mode", "l2").ExitCode == 0;
        host.Run("ip", "link", "delete", "probe");
        string before = KernelState.Of(host);
        foreach (string[] options in (string[][])[["-o", "parent=lan", "-o", "ipvlan_mode=l3"], ["-o", "parent=lan"], []])
        {
            Output made = host.Netctl(["network", "create", "-d", "ipvlan", "--subnet", "10.7.0.0/24", .. options, "v"]);
            if (kernelCan)
            {
                Assert.Equal("", made.StandardError);
                host.NetctlOk("run", "-d", "--name", "a", "--network", "v", "sleep", "1000");
                Assert.Contains("ipvlan", host.NetctlOk("exec", "a", "ip", "-d", "link", "show", "dev", "eth0"), StringComparison.Ordinal);
                host.DoctorIsContentAtOnce();
                host.NetctlOk("rm", "-f", "a");
                host.NetctlOk("network", "rm", "v");
            }
            else
            {
                Assert.Equal(1, made.ExitCode);
                Assert.Contains("the kernel has no ipvlan support (CONFIG_IPVLAN)", made.StandardError, StringComparison.Ordinal);
            }

            TestHost.Eventually("nothing is left", () => before == KernelState.Of(host));
            Assert.DoesNotContain("v", host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
        }
    }

    [KernelFact]
    public void Bad_options_and_parents_are_refused_before_the_kernel_is_asked()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Refused(host, "requested ipvlan mode 'bogus' is not valid", "-o", "ipvlan_mode=bogus");
        Refused(host, "requested ipvlan flag 'bogus' is not valid", "-o", "ipvlan_flag=bogus");
        Refused(host, "loopback", "-o", "parent=lo");
        Refused(host, "invalid subinterface vlan name", "-o", "parent=nosuch0");
    }

    private static void Refused(TestHost host, string words, params string[] options)
    {
        Output refused = host.Netctl(["network", "create", "-d", "ipvlan", .. options, "x"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
    }
}
