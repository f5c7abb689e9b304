using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The session of README, pasted as one block into a shell on a terminal.</summary>
public sealed partial class ReadmeTests
{
    [KernelFact]
    public void The_session_can_be_pasted_where_a_daemon_runs_already()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();

        AssertSession(Paste(host));
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void The_session_can_be_pasted_where_none_runs_yet()
    {
        using TestHost host = TestHost.Create();

        // Where a daemon without flags writes: empty, and this host's own.
        host.Shell("mount -t tmpfs tmpfs /var/lib; mount -t tmpfs tmpfs /var/log; mount -t tmpfs tmpfs /run; mkdir /run/netns");

        // A busy machine: the first request comes before the server listens.
        host.Shell(
            """
            mount -t tmpfs tmpfs /usr/local/sbin
            printf '#!/bin/sh\nsleep 0.5\nexec /bin/busybox "$@"\n' >/usr/local/sbin/busybox
            chmod +x /usr/local/sbin/busybox
            """);
        try
        {
            AssertSession(Paste(host, "unset NETCTL_HOST\n"));
            Assert.Contains("firewall backend", host.Shell("cat /var/log/netctl.log"), StringComparison.Ordinal);
        }
        finally
        {
            host.Shell("id=$(cat /run/netctl/netctl.pid); kill $id; while kill -0 $id 2>/dev/null; do sleep 0.1; done");
        }
    }

    private static void AssertSession(string seen)
    {
        string[] lines = Prompt().Replace(seen.ReplaceLineEndings("\n"), "").Split('\n');
        Assert.Equal(2, lines.Count(line => line == "Hello from a container."));
        Assert.Equal(4, lines.Count(line => Id().IsMatch(line)));
        Assert.Contains("ip netns exec ", seen, StringComparison.Ordinal);
        Assert.Contains("\"Name\": \"back\"", seen, StringComparison.Ordinal);
        Assert.Equal(["web", "app", "front", "back", "end"], lines.Where(line => Name().IsMatch(line)).TakeLast(5));
        Assert.DoesNotContain(lines, line => Failure().IsMatch(line));
    }

    /// <summary>Types the block into an interactive shell on a terminal and gives all that the terminal showed.</summary>
    private static string Paste(TestHost host, string before = "")
    {
        // A clone, as far as the session looks at it.
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");
        host.Shell($"mkdir -p {host.Root}/clone/artifacts; ln -s {Path.GetDirectoryName(binary)} {host.Root}/clone/artifacts/netctl");
        File.WriteAllText(Path.Combine(host.Root, "session"), $"{before}{Block()}echo end\nexit\n");
        return host.Shell(
            $"cd {host.Root}/clone; export TERM=dumb; script -qec 'stty -echo; exec bash --norc --noprofile --noediting -i' /dev/null "
                + $"<{host.Root}/session");
    }

    private static string Block()
    {
        string readme = File.ReadAllText(Path.Combine(TestHost.RepositoryRoot(), "README.md"));
        string section = readme.Split("\n## Five minutes\n")[1].Split("\n## ")[0];
        return section.Split("\n```sh\n")[1].Split("```")[0];
    }

    // Those of a bash that has read no settings, also of a line that goes on.
    [GeneratedRegex("^((bash-[0-9.]+#|>) )+", RegexOptions.Multiline)]
    private static partial Regex Prompt();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Id();

    [GeneratedRegex("^(web|app|front|back|end)$")]
    private static partial Regex Name();

    [GeneratedRegex("^(netctl|bash|curl|busybox|script): |^Error|not found")]
    private static partial Regex Failure();
}
