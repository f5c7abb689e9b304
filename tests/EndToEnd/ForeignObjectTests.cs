using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What is somebody else's stays as it is, and what stands in the way is said in a sentence.</summary>
public sealed class ForeignObjectTests
{
    [KernelFact]
    public void A_bridge_of_somebody_else_called_netctl0_is_neither_changed_nor_used()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link add netctl0 type bridge; ip address add 10.1.1.1/24 dev netctl0");
        string before = KernelState.Of(host);
        string link = host.Shell("ip -d -j link show dev netctl0; ip -j address show dev netctl0");

        host.StartDaemon();
        host.LogSays("name netctl0 is already used by a device this daemon did not create");
        Output run = host.Netctl("run", "-d", "--name", "x", "sleep", "100");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("netctl0 is a device this daemon did not create", run.StandardError, StringComparison.Ordinal);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.NetctlOk("network", "create", "other");
        host.NetctlOk("run", "-d", "--network", "other", "sleep", "100");
        Assert.DoesNotContain("netctl0", host.Shell("iptables-save"), StringComparison.Ordinal);

        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal(link, host.Shell("ip -d -j link show dev netctl0; ip -j address show dev netctl0"));
    }

    [KernelFact]
    public void What_keeps_the_daemon_from_starting_is_one_sentence()
    {
        using TestHost host = TestHost.Create();
        foreach (string[] arguments in (string[][])
            [["--default-address-pool", "base=10.99.0.0/30,size=31"], ["--bip", "10.88.0.0/24"], ["--bip", TestHost.Address + "/24"]])
        {
            Output output = host.RunDaemonToItsEnd(arguments);
            Assert.Equal(1, output.ExitCode);
            string sentence =
                Assert.Single(output.StandardError.TrimEnd('\n').Split('\n'), line => !line.Contains(" info ", StringComparison.Ordinal));
            Assert.Matches("^netctl( daemon: cannot start)?: ", sentence);
        }
    }
}
