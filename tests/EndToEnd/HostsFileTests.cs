using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>/etc/hosts of a container: our lines follow its networks, its own lines stay.</summary>
public sealed class HostsFileTests
{
    // In place, as an editor must do it with a file that is mounted.
    private const string AddLines =
        """
        own=$(echo '192.0.2.7 first'; cat /etc/hosts; echo '192.0.2.8 last')
        printf '%s' "$own" > /etc/hosts
        """;

    private const string ChangeOurs =
        """
        changed=$(sed 's/^10.82/10.99/' /etc/hosts)
        printf '%s' "$changed" > /etc/hosts
        """;

    [KernelFact]
    public void A_containers_own_lines_stay_whatever_happens_to_ours()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.81.0.0/24", "net1");
        host.NetctlOk("network", "create", "--subnet", "10.82.0.0/24", "net2");
        host.NetctlOk("run", "-d", "--name", "web", "-h", "web", "--network", "net1", "sleep", "1000");
        host.NetctlOk("exec", "web", "sh", "-c", AddLines);
        AssertNames(host, "10.81.0.2 web");

        host.NetctlOk("network", "connect", "net2", "web");
        AssertNames(host, "10.81.0.2 web", "10.82.0.2 web");
        host.NetctlOk("network", "disconnect", "net1", "web");
        AssertNames(host, "10.82.0.2 web");
        host.DoctorIsContentAtOnce();

        // What is done to ours is mended, and theirs stay then too.
        host.NetctlOk("exec", "web", "sh", "-c", ChangeOurs);
        Assert.Equal(1, host.Netctl("doctor").ExitCode);
        host.Netctl("doctor", "--fix");
        AssertNames(host, "10.82.0.2 web");
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        AssertNames(host, "10.82.0.2 web");
    }

    private static void AssertNames(TestHost host, params string[] ours)
    {
        string[] lines = host.NetctlOk("exec", "web", "cat", "/etc/hosts").Replace('\t', ' ').Split('\n');
        Assert.Equal("192.0.2.7 first", lines[0]);
        Assert.Equal("192.0.2.8 last", lines[^1]);
        Assert.Contains("127.0.0.1 localhost", lines);
        Assert.Equal(ours, lines.Where(line => line.EndsWith(" web", StringComparison.Ordinal)));
        Assert.Equal("192.0.2.8", host.NetctlOk("exec", "web", "getent", "hosts", "last").Split(' ')[0]);
    }
}
