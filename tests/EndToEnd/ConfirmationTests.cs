using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What is removed without being named is asked for first: <c>system reset</c> and <c>network prune</c>.</summary>
public sealed class ConfirmationTests
{
    [KernelFact]
    public void A_reset_asks_on_a_terminal_and_needs_force_without_one()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        string before = KernelState.Of(host);

        Output unasked = host.Netctl("system", "reset");
        Assert.Equal(1, unasked.ExitCode);
        Assert.Contains("-f", unasked.StandardError, StringComparison.Ordinal);
        Output piped = host.Run("sh", "-c", "echo y | \"$NETCTL\" system reset");
        Assert.Equal(1, piped.ExitCode);
        foreach (string answer in new[] { "n", "", "maybe" })
        {
            Assert.Contains("Are you sure you want to continue? [y/N]", OnTerminal(host, "system reset", answer), StringComparison.Ordinal);
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal("web", host.NetctlOk("ps", "--format", "{{.Names}}"));

        OnTerminal(host, "system reset", "y");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.Equal("", host.Shell("ip -br link show type bridge; ip -br link show type veth | grep -v ^lan || true"));
        Assert.Equal(["bridge", "host", "none"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));

        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("", host.Shell("ip -br link show type bridge"));
    }

    [KernelFact]
    public void A_prune_asks_and_removes_what_no_container_uses()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.name=br-one", "one");
        host.NetctlOk("network", "create", "--label", "keep", "two");
        host.NetctlOk("network", "create", "three");
        host.NetctlOk("create", "--name", "box", "--network", "three");
        Assert.Equal("one\ntwo", host.NetctlOk("network", "ls", "-f", "dangling=true", "--format", "{{.Name}}"));
        string before = KernelState.Of(host);

        Output nobody = host.Netctl("network", "prune");
        Assert.True(nobody.ExitCode == 1 && nobody.StandardError.Contains("-f", StringComparison.Ordinal), nobody.ToString());
        Output declined = host.Run("sh", "-c", "echo n | \"$NETCTL\" network prune");
        Assert.True(declined is { ExitCode: 0, StandardOutput: "" }, declined.ToString());
        Assert.Contains("[y/N]", OnTerminal(host, "network prune", "n"), StringComparison.Ordinal);
        Assert.Contains("br-one", host.NetctlOk("--dry-run", "network", "prune"), StringComparison.Ordinal);
        Output wrong = host.Netctl("network", "prune", "-f", "--filter", "driver=bridge");
        Assert.True(wrong.ExitCode == 1 && wrong.StandardError.Contains("driver", StringComparison.Ordinal), wrong.ToString());
        Assert.Equal(before, KernelState.Of(host));

        Assert.Equal("Deleted Networks:\none\n", host.NetctlOk("network", "prune", "-f", "--filter", "label!=keep") + "\n");
        Assert.NotEqual(0, host.Run("ip", "link", "show", "br-one").ExitCode);
        Output answered = host.Run("sh", "-c", "echo y | \"$NETCTL\" network prune");
        Assert.Equal("Deleted Networks:\ntwo\n\n", answered.StandardOutput);
        Assert.Equal("", host.NetctlOk("network", "prune", "--force"));
        Assert.Equal(["bridge", "host", "none", "three"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
    }

    [KernelFact]
    public void A_network_that_is_not_there_is_no_error_for_a_forced_removal_and_one_in_use_still_is()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "one");
        host.NetctlOk("network", "create", "two");
        host.NetctlOk("create", "--name", "box", "--network", "two");

        Assert.Equal("one", host.NetctlOk("network", "rm", "-f", "nowhere", "one"));
        Assert.Equal(1, host.Netctl("network", "rm", "nowhere").ExitCode);
        Output used = host.Netctl("network", "rm", "-f", "two");
        Assert.True(used.ExitCode == 1 && used.StandardError.Contains("active endpoints", StringComparison.Ordinal), used.ToString());
        Assert.Equal(1, host.Netctl("network", "rm", "-f", "bridge").ExitCode);
        foreach (string filter in new[] { "type=bogus", "scope=bogus", "dangling=maybe", "nonsense=x", "type" })
        {
            Output refused = host.Netctl("network", "ls", "--filter", filter);
            Assert.True(refused.ExitCode == 1 && refused.StandardOutput == "", $"{filter}: {refused}");
            Assert.Contains(filter.Split('=')[0], refused.StandardError, StringComparison.Ordinal);
        }
    }

    private static string OnTerminal(TestHost host, string command, string answer) =>
        host.Shell($"{{ echo '{answer}'; }} | script -qec '\"$NETCTL\" {command}' /dev/null");
}
