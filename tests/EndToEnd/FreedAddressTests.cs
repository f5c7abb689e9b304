using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The address of a container that has gone is the last one to be assigned again.</summary>
public sealed class FreedAddressTests
{
    [KernelFact]
    public void Freed_addresses_come_back_last_and_in_the_order_of_their_release_also_after_a_restart()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.79.0.0/29", "net1");
        foreach (string name in (string[])["a", "b", "c"])
        {
            host.NetctlOk("run", "-d", "--name", name, "--network", "net1", "sleep", "1000");
        }

        host.NetctlOk("rm", "-f", "b");
        host.NetctlOk("stop", "-t", "0", "c");
        host.NetctlOk("rm", "-f", "a");
        host.KillDaemon();
        host.StartDaemon();
        string[] addresses = [.. Enumerable.Range(0, 5).Select(i => Create(host, $"later{i}"))];
        Assert.Equal(["10.79.0.5", "10.79.0.6", "10.79.0.3", "10.79.0.4", "10.79.0.2"], addresses);
    }

    private static string Create(TestHost host, string name)
    {
        host.NetctlOk("create", "--name", name, "--network", "net1");
        return host.NetctlOk("exec", name, "sh", "-c", "ip -4 -o address show dev eth0 | awk '{ print $4 }' | cut -d / -f 1");
    }
}
