using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Docker's rule for <c>network rm</c>: only containers that run keep a network.</summary>
public sealed class NetworkRemovalTests
{
    [KernelFact]
    public void A_network_that_only_exited_containers_are_on_is_removed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string links = Links(host);
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "ended", "--network", "net1", "true");
        host.NetctlOk("run", "-d", "--name", "runs", "--network", "net1", "sleep", "1000");
        host.NetctlOk("wait", "ended");
        Output refused = host.Netctl("network", "rm", "net1");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("network net1 has active endpoints (name:\"runs\"", refused.StandardError, StringComparison.Ordinal);

        host.NetctlOk("stop", "-t", "0", "runs");
        Assert.Equal("net1", host.NetctlOk("network", "rm", "net1"));
        Assert.Equal(links, Links(host));
        Assert.Equal(["ended", "runs"], host.NetctlOk("ps", "-a", "--format", "{{.Names}}").Split('\n').Order());
        host.DoctorIsContentAtOnce();
        host.NetctlOk("rm", "ended", "runs");
    }

    private static string Links(TestHost host) => host.Shell("ip -br link | cut -d ' ' -f 1 | sort");
}
