using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>create</c> with a command, <c>rename</c>, <c>kill</c>, <c>restart</c>, and the options of <c>stop</c> and
/// <c>rm</c>.</summary>
public sealed class LifecycleTests
{
    [KernelFact]
    public void A_running_container_that_is_renamed_keeps_its_connections_and_its_new_name_is_known_everywhere()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net1", "sleep", "1000");
        string links = host.Shell("ip netns exec web ip -j addr; ip -j link");

        Assert.Equal("", host.NetctlOk("rename", "web", "shop"));

        Assert.Equal(links, host.Shell("ip netns exec shop ip -j addr; ip -j link"));
        Assert.Equal("shop", host.Shell("ip netns list | grep -o '^web\\|^shop'"));
        string address = host.NetctlOk("exec", "shop", "hostname", "-I").Trim();
        Assert.Equal(address, host.Dig("app", "shop"));
        Assert.Equal("", host.Dig("app", "web"));
        Assert.Equal("shop.net1.", host.Dig("app", "-x", address));
        Assert.Equal("\"/shop\"", host.NetctlOk("inspect", "--format", "{{json .Name}}", "shop"));

        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(address, host.Dig("app", "shop"));
        Assert.Equal("shop", host.Shell("ip netns list | grep -o '^web\\|^shop'"));
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "sleep", "1000");
    }

    [KernelFact]
    public void A_stop_of_a_container_without_a_command_ends_what_runs_in_it_and_takes_its_network_away_until_it_is_started()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        string links = LinksOf(host);
        host.NetctlOk("create", "--name", "box", "--network", "net1", "-p", "8080:80");
        string id = Path.Combine(host.Root, "id");
        host.NetctlOk("exec", "-d", "box", "sh", "-c", $"echo $$ >{id}; exec busybox httpd -f -p 80 -h {host.Root}");
        Ask(host);
        int served = int.Parse(File.ReadAllText(id), System.Globalization.CultureInfo.InvariantCulture);
        Assert.StartsWith("box Up ", host.NetctlOk("ps", "--format", "{{.Names}} {{.Status}}"), StringComparison.Ordinal);
        Assert.NotEqual(links, LinksOf(host));
        Assert.NotEqual("", host.Shell("ss -Hltn sport = :8080"));

        Assert.Equal("box", host.NetctlOk("stop", "-t", "1", "box"));
        TestHost.Eventually("what ran in it has ended", () => ProcessFile.Read(served, "cmdline") == "");
        TestHost.Eventually("its link is gone", () => LinksOf(host) == links);
        Assert.Equal("", host.Shell("ss -Hltn sport = :8080"));
        Assert.DoesNotContain("box", host.Shell("ls /run/netns"), StringComparison.Ordinal);
        Assert.Equal("", host.NetctlOk("ps", "--format", "{{.Names}}"));
        Assert.StartsWith("box Exited ", host.NetctlOk("ps", "-a", "--format", "{{.Names}} {{.Status}}"), StringComparison.Ordinal);
        Assert.NotEqual(0, host.Netctl("exec", "box", "true").ExitCode);
        host.DoctorIsContentAtOnce();

        // So it stays over a restart.
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal("", host.NetctlOk("ps", "--format", "{{.Names}}"));
        Assert.Equal(links, LinksOf(host));

        Assert.Equal("box", host.NetctlOk("start", "box"));
        Assert.StartsWith("box Up ", host.NetctlOk("ps", "--format", "{{.Names}} {{.Status}}"), StringComparison.Ordinal);
        host.NetctlOk("exec", "-d", "box", "busybox", "httpd", "-f", "-p", "80", "-h", host.Root);
        Ask(host);
        host.DoctorIsContentAtOnce();

        static string LinksOf(TestHost host) => host.Shell("ip -j link | jq -c 'map(select(.link_type != \"loopback\") | .ifname) | sort'");

        static void Ask(TestHost host) => TestHost.Eventually(
            "the published port answers", () => host.Outside("curl", "-sS", $"http://{TestHost.Address}:8080/id").ExitCode == 0);
    }

    [KernelFact]
    public void An_exited_container_can_be_renamed_and_a_name_that_is_taken_empty_the_same_or_wrong_is_refused()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string first = host.NetctlOk("run", "-d", "--name", "first", "sleep", "1000");
        host.NetctlOk("run", "--name", "second", "true");
        host.NetctlOk("rename", "second", "third");
        host.NetctlOk("create", "--name", "/slash");
        host.NetctlOk("rename", "/slash", "/stroke");
        Assert.Equal("/stroke", host.NetctlOk("inspect", "-f", "{{.Name}}", "stroke"));
        host.NetctlOk("rm", "stroke");
        Assert.Equal("third", host.Shell("\"$NETCTL\" ps -a --format '{{.Names}} {{.State}}' | sed -n 's/ exited//p'"));

        AssertRefused(host, $"The container name \"/first\" is already in use by container \"{first}\". You have to remove (or rename)",
            "rename", "third", "first");
        AssertRefused(host, "Renaming a container with the same name as its current name", "rename", "third", "third");
        AssertRefused(host, "Neither old nor new names may be empty", "rename", "third", "");
        AssertRefused(host, "invalid container name \"-x\"", "rename", "third", "--", "-x");
        AssertRefused(host, "second", "rename", "second", "fourth");
        Assert.Equal("first\nthird", host.Shell("\"$NETCTL\" ps -a --format '{{.Names}}' | sort"));
        host.NetctlOk("start", "third");
    }

    [KernelFact]
    public void Kill_sends_the_signal_that_is_asked_for_to_the_command_and_SIGKILL_without_one()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string seen = Path.Combine(host.Root, "seen");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c",
            $"trap 'echo hup >>{seen}' HUP; trap 'echo usr >>{seen}' USR1; echo ready >{seen}; while :; do sleep 0.05; done");
        TestHost.Eventually("the command runs", () => File.Exists(seen));

        Assert.Equal("c", host.NetctlOk("kill", "-s", "HUP", "c"));
        TestHost.Eventually("it has the first signal", () => File.ReadAllText(seen) == "ready\nhup\n");
        host.NetctlOk("kill", "--signal", "10", "c");
        TestHost.Eventually("it has the second", () => File.ReadAllText(seen) == "ready\nhup\nusr\n");
        AssertRefused(host, "invalid signal \"NONE\"", "kill", "-s", "NONE", "c");
        host.NetctlOk("kill", "c");
        Assert.Equal("exited 137", host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "c"));
        AssertRefused(host, "cannot kill container: c: container ", "kill", "c");
        AssertRefused(host, "is not running", "kill", "c");
        Assert.Equal("409", Status(host, "/containers/c/kill"));
        Assert.Equal("404", Status(host, "/containers/nobody/kill"));
    }

    [KernelFact]
    public void What_follows_a_kill_finds_the_container_ended()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        for (int round = 0; round < 5; round++)
        {
            host.NetctlOk("run", "-d", "--name", "web", "--restart", "always", "sleep", "1000");
            host.NetctlOk("kill", "web");
            host.NetctlOk("start", "web");
            Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "web"));
            host.NetctlOk("kill", "web");
            host.NetctlOk("rm", "web");
        }
    }

    [KernelFact]
    public void Restart_runs_the_command_anew_with_its_ports_and_its_network_also_with_rm_and_when_it_had_exited()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--rm", "--name", "web", "--network", "net1", "-p", "8080:80", "python3", "-m", "http.server", "80");
        AssertServes(host);
        string before = Pid(host, "web");

        Assert.Equal("web", host.NetctlOk("restart", "-t", "5", "web"));

        Assert.NotEqual(before, Pid(host, "web"));
        Assert.False(Directory.Exists($"/proc/{before}"));
        AssertServes(host);
        Assert.Equal("web", host.Shell("ip netns list | grep -o '^web'"));
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));

        Assert.Equal(3, host.Netctl("run", "--name", "once", "sh", "-c", "exit 3").ExitCode);
        host.NetctlOk("restart", "once");
        Assert.Equal("3", host.NetctlOk("wait", "once"));
        Assert.Equal("204", Status(host, "/containers/once/restart?t=1&signal=KILL"));
        Assert.Equal("400", Status(host, "/containers/once/restart?t=x"));
        Assert.Equal("404", Status(host, "/containers/nobody/restart"));
    }

    [KernelFact]
    public void A_client_in_the_foreground_of_a_container_that_is_restarted_ends_with_the_first_command()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using Process run = host.Start(
            "sh", "-c", "exec \"$NETCTL\" run --name c sh -c 'trap \"exit 7\" TERM; while :; do sleep 0.05; done'");
        TestHost.Eventually("it runs", () => host.NetctlOk("ps", "-q") != "");

        host.NetctlOk("restart", "c");

        Assert.True(run.WaitForExit(30_000), "the client waits for the second command");
        Assert.Equal("running", host.NetctlOk("inspect", "--format", "{{.State.Status}}", "c"));
    }

    [KernelFact]
    public void Stop_begins_with_the_signal_that_is_asked_for()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string ready = Path.Combine(host.Root, "ready");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c",
            $"trap 'exit 5' INT; trap '' TERM; touch {ready}; while :; do sleep 0.05; done");
        TestHost.Eventually("the command runs", () => File.Exists(ready));

        host.NetctlOk("stop", "-s", "INT", "-t", "-1", "c");

        Assert.Equal("5", host.NetctlOk("wait", "c"));
        AssertRefused(host, "invalid signal \"NONE\"", "stop", "-s", "NONE", "c");
        Assert.Equal("c", host.NetctlOk("rm", "-fv", "c"));
    }

    [KernelFact]
    public void A_container_that_was_created_with_a_command_has_no_network_until_it_is_started()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("create", "--name", "c", "-p", "8080:80", "-e", "COLOUR=red", "sh", "-c", "echo $COLOUR; exit 4");
        Assert.Equal(64, id.Length);
        Assert.Equal("created", host.NetctlOk("inspect", "--format", "{{.State.Status}}", "c"));
        Assert.Equal("Created", host.NetctlOk("ps", "-a", "--format", "{{.Status}}"));
        Assert.Equal("", host.Shell("ip netns list | grep -o '^c' || true"));
        Assert.Equal("", host.Shell("ss -Hltn sport = :8080"));
        Assert.Equal(0, host.Shims());

        host.NetctlOk("start", "c");
        Assert.Equal("4", host.NetctlOk("wait", "c"));
        Assert.Equal("red", host.NetctlOk("logs", "c"));
        Output refused = host.Netctl("create", "--rm");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains("give the command too", refused.StandardError, StringComparison.Ordinal);
    }

    private static void AssertServes(TestHost host) => TestHost.Eventually(
        "the port is served",
        () => host.Outside("curl", "-s", "-o", "/dev/null", $"http://{TestHost.Address}:8080/").ExitCode == 0);

    private static string Pid(TestHost host, string container) => host.NetctlOk("inspect", "--format", "{{.State.Pid}}", container);

    private static string Status(TestHost host, string path) => host.Shell(
        $"curl -s -o /dev/null -w '%{{http_code}}' --unix-socket {host.Socket} -X POST 'http://d{path}'");

    private static void AssertRefused(TestHost host, string words, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }
}
