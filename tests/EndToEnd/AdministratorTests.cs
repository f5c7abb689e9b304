using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The administrator's own place in the firewall: passed before ours, and never touched.</summary>
public sealed class AdministratorTests
{
    [KernelFact]
    public void Netctl_user_comes_first_and_survives_with_iptables() =>
        Check("iptables", "iptables -A NETCTL-USER -s 192.0.2.2 -p tcp --dport 80 -j DROP", "iptables -S NETCTL-USER");

    [KernelFact]
    public void Its_twin_comes_first_and_survives_with_nftables() =>
        Check(
            "nftables", "nft add rule inet netctl-user forward ip saddr 192.0.2.2 tcp dport 80 drop", "nft -s list table inet netctl-user");

    private static void Check(string backend, string rule, string show)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        string folder = Path.Combine(host.Root, "www");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "index.html"), "hello\n");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "busybox", "httpd", "-f", "-p", "80", "-h", folder);
        TestHost.Eventually("the server answers", () => Fetch(host) == 0);

        host.Shell(rule);
        string written = host.Shell(show);
        Assert.NotEqual(0, Fetch(host));

        host.NetctlOk("network", "create", "other");
        host.KillDaemon();
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "rm", "other");
        Assert.Equal(written, host.Shell(show));
        Assert.NotEqual(0, Fetch(host));

        // Even a reset leaves what the administrator wrote.
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(written, host.Shell(show));
    }

    private static int Fetch(TestHost host) => host.Outside("curl", "-s", "--max-time", "1", $"http://{TestHost.Address}:8080/").ExitCode;
}
