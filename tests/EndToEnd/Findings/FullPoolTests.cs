using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A subnet without a free address is noted, and a fault when a container waits for one.</summary>
public sealed class FullPoolTests
{
    [KernelFact]
    public void A_full_subnet_is_noted_and_named_when_a_container_waits_for_an_address()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.88.0.0/29", "small");
        for (int i = 1; i <= 5; i++)
        {
            host.NetctlOk("run", "-d", "--name", $"c{i}", "--network", "small", "sleep", "1000");
        }

        ToldFinding noted = ToldFinding.Only(host, "full-pool", "network small");
        Assert.True(noted.IsNote);
        Assert.Contains("10.88.0.0/29", noted.Cause, StringComparison.Ordinal);
        Assert.Contains("5 containers", noted.Cause, StringComparison.Ordinal);

        host.NetctlOk("create", "--name", "late", "--network", "small", "sleep", "1000");
        Assert.NotEqual(0, host.Netctl("start", "late").ExitCode);
        ToldFinding found = ToldFinding.Only(host, "full-pool", "network small");
        Assert.False(found.IsNote);
        Assert.Contains("late could not be started", found.Cause, StringComparison.Ordinal);

        host.NetctlOk("rm", "-f", "c3");
        host.NetctlOk("start", "late");
        Assert.Contains("10.88.0.", host.Shell("ip -n late -br address show dev eth0"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }
}
