using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Daemons of several network namespaces share one <c>/run/netns</c>, where <c>ip netns</c> looks for names: each removes its own
/// names, also those that were left behind, and no other.</summary>
public sealed class NamespaceNameTests
{
    [KernelFact]
    public void Two_daemons_with_containers_of_the_same_names_leave_each_others_names_alone()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "first", "--network", "net1", "sleep", "1000");
        BeginSecond(host);
        Second(host, "network create net1");
        Second(host, "run -d --name web --network net1 sleep 1000");
        Second(host, "run -d --name second --network net1 sleep 1000");
        string names = Names(host);
        Assert.Equal(
            [$"first {host.ExecRoot}", "outside ", $"second {SecondRoot(host)}", $"web {host.ExecRoot}"],
            names.Split('\n').Select(line => line.Split("/shims/")[0]));

        Second(host, "kill web");
        Second(host, "wait web");
        Second(host, "start web");
        Second(host, "rm -f web");
        Assert.Equal(names, Names(host));
        host.Shell("ip netns exec web ip link show eth0");

        // The name that is free now is the next one's who takes it, and the first daemon has nothing of that name left to remove.
        host.NetctlOk("kill", "web");
        host.NetctlOk("wait", "web");
        Assert.DoesNotContain("web ", Names(host), StringComparison.Ordinal);
        Second(host, "run -d --name web --network net1 sleep 1000");
        names = Names(host);
        Assert.Contains($"web {SecondRoot(host)}/shims/", names, StringComparison.Ordinal);
        host.NetctlOk("rm", "web");
        Assert.Equal(names, Names(host));

        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(names.Split('\n').Where(line => !line.Contains(host.ExecRoot, StringComparison.Ordinal)), Names(host).Split('\n'));
        Assert.Equal("web second", Second(host, "ps --format {{.Names}}").Replace('\n', ' '));
        Second(host, "doctor");
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "first", "--network", "net1", "sleep", "1000");
        Second(host, "system reset -f");
        Assert.Equal(["first", "outside"], Names(host).Split('\n').Select(line => line.Split(' ')[0]));
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_daemon_in_a_new_network_namespace_removes_the_names_of_what_died_with_the_one_before_and_no_other()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "first", "sleep", "1000");
        BeginSecond(host);
        Second(host, "run -d --name web sleep 1000");
        Second(host, "run -d --name db sleep 1000");
        Second(host, "create --name bare");

        // A name that leads to nothing, of a daemon that is not there; and one that somebody has made.
        host.Shell($"ln -s /nowhere/run/shims/{new string('a', 64)}/netns /run/netns/stranger; ip netns add own");
        string before = Names(host);
        Assert.Equal("bare db first outside own stranger web", string.Join(' ', before.Split('\n').Select(line => line.Split(' ')[0])));

        KillSecond(host);
        Assert.Equal(before, Names(host));
        Assert.NotEqual(0, host.Run("ip", "netns", "exec", "web", "true").ExitCode);

        BeginSecond(host);
        string[] expected = [.. before.Split('\n').Where(line => !line.Contains(SecondRoot(host), StringComparison.Ordinal))];
        string[] after = [.. Names(host).Split('\n')];
        Assert.Equal(expected, after.Where(line => !line.StartsWith("bare ", StringComparison.Ordinal)));
        host.Shell("ip netns exec first ip link show eth0");
        Second(host, "start web");
        Assert.Contains($"web {SecondRoot(host)}/shims/", Names(host), StringComparison.Ordinal);
        Second(host, "doctor");
        host.DoctorIsContentAtOnce();
    }

    private static string SecondRoot(TestHost host) => $"{host.Root}/second-run";

    /// <summary>Every name with what it leads to, which is nothing for a namespace that "ip netns add" has made.</summary>
    private static string Names(TestHost host) => host.Shell("cd /run/netns; for n in *; do echo \"$n $(readlink $n || true)\"; done");

    private static string Second(TestHost host, string command) =>
        host.Shell($"NETCTL_HOST=unix://{host.Root}/second.sock \"$NETCTL\" {command}");

    /// <summary>Starts a daemon in a network namespace and a mount namespace that are new, with the folders of the one before.</summary>
    private static void BeginSecond(TestHost host)
    {
        string script =
            $"""
            ip link set lo up
            exec "$NETCTL" daemon --data-root {host.Root}/second-data --exec-root {SecondRoot(host)} --host unix://{host.Root}/second.sock \
              --plugin-dir {host.Root}/plugins >>{host.Root}/second.log 2>&1
            """;
        host.Start("unshare", "--net", "--mount", "sh", "-ec", script);
        TestHost.Eventually(
            "the second daemon answers",
            () => host.Run("sh", "-c", $"NETCTL_HOST=unix://{host.Root}/second.sock \"$NETCTL\" version").ExitCode == 0);
    }

    /// <summary>Ends the second daemon and all that lives in its network namespace and in those of its containers, none of them before the
    /// daemon.</summary>
    private static void KillSecond(TestHost host)
    {
        string[] commands = Second(host, "inspect -f {{.State.Pid}} web db").Split('\n');
        int[] rest =
        [
            .. host.Processes().Where(id => ProcessFile.Read(id, "cmdline").Contains(SecondRoot(host), StringComparison.Ordinal)),
            .. commands.Select(int.Parse),
        ];
        host.Shell($"kill -KILL $(cat {SecondRoot(host)}/netctl.pid) {string.Join(' ', rest)} || true"); // some end with others
        TestHost.Eventually("all have ended", () => rest.All(id => !Directory.Exists($"/proc/{id}") || IsZombie(id)));
    }

    private static bool IsZombie(int id) => ProcessFile.Read(id, "stat").Contains(") Z ", StringComparison.Ordinal);
}
