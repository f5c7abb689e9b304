using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Which containers <c>ps</c> lists, which objects <c>inspect</c> finds, and what the prunes remove.</summary>
public sealed class ListAndPruneTests
{
    [KernelFact]
    public void Ps_lists_what_its_filters_and_its_number_ask_for()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--name", "old", "-l", "tier=back", "true");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "-l", "tier=front", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "web2", "--network", "host", "--expose", "53/udp", "sleep", "1000");
        Assert.Equal(3, host.Netctl("run", "--name", "failed", "sh", "-c", "exit 3").ExitCode);
        string front = host.NetctlOk("network", "inspect", "-f", "{{.Id}}", "front");
        string web = host.NetctlOk("inspect", "-f", "{{.Id}}", "web");
        host.NetctlOk("network", "connect", "front", "old");

        foreach ((string[] options, string names) in new (string[], string)[]
            {
                ([], "web2 web"), (["-a"], "failed web2 web old"), (["-l"], "failed"), (["-n", "3"], "failed web2 web"),
                (["-n", "-1"], "web2 web"), (["-f", "name=web"], "web2 web"), (["-f", "name=^/web$"], "web"),
                (["-f", "name=^web$", "-f", "name=web2"], "web2 web"), (["-f", $"id={web[..12]}"], "web"),
                (["-af", "label=tier"], "web old"), (["-af", "label=tier=back"], "old"), (["-af", "exited=3"], "failed"),
                (["-af", "exited=0"], "old"), (["-f", "status=exited"], "failed old"), (["-f", "status=running"], "web2 web"),
                (["-f", "network=front"], "web"), (["-af", $"network={front[..12]}"], "web old"), (["-f", "network=host"], "web2"),
                (["-f", "publish=8080"], "web"), (["-f", "publish=80"], ""), (["-f", "publish=8080/udp"], ""),
                (["-f", "publish=8070-8090/tcp"], "web"),
                (["-f", "expose=53/udp"], "web2"), (["-f", "expose=80"], "web"), (["-af", "before=web2"], "web old"),
                (["-f", "health=none", "-f", "is-task=false"], "web2 web"), (["-af", "health=healthy"], ""), (["-af", "volume=data"], ""),
                (["-af", "since=web"], "failed web2"), (["-f", "name=web", "-f", "network=front"], "web"),
            })
        {
            Assert.Equal((string.Join(' ', options), names), (
                string.Join(' ', options), host.NetctlOk(["ps", .. options, "--format", "{{.Names}}"]).Replace('\n', ' ')));
        }

        Assert.Equal(web[..12], host.NetctlOk("ps", "-qf", "name=^web$"));
        Assert.Equal(web, host.NetctlOk("ps", "-q", "--no-trunc", "-f", "name=^web$"));
        Assert.Equal(web[..12], host.NetctlOk("ps", "-q", "--format", "{{.Names}}", "-f", "name=^web$"));
        Assert.Matches("SIZE\n.* 0B$", host.NetctlOk("ps", "-s", "-f", "name=^web$"));
        Assert.Equal(
            $"{web[..12]} \"sleep 1000\" running front front 0B", host.NetctlOk(
                "ps", "-f", "name=^web$", "--format", "{{.ID}} {{.Command}} {{.State}} {{.Networks}} {{.Label \"tier\"}} {{.Size}}"));
        Assert.Equal("web", host.Shell(
            $"curl -sS -G --unix-socket {host.Socket} --data-urlencode 'filters={{\"network\":[\"front\"]}}' "
                + "http://localhost/v1.47/containers/json | grep -o '\"Names\":\\[\"/[^\"]*' | cut -d/ -f2"));
        foreach ((string filter, string words) in new[]
            {
                ("ancestor=busybox", "invalid filter 'ancestor': containers here are not made of images"), ("nonsense=1", "nonsense"),
                ("name", "a filter is NAME=VALUE"), ("exited=x", "invalid filter 'exited=x'"),
                ("before=nobody", "No such container: nobody"),
            })
        {
            Output refused = host.Netctl("ps", "-f", filter);
            Assert.Equal(1, refused.ExitCode);
            Assert.Equal(1, refused.StandardError.Count(c => c == '\n'));
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }
    }

    [KernelFact]
    public void Inspect_finds_the_type_that_is_asked_for()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "both");
        host.NetctlOk("create", "--name", "both");
        host.NetctlOk("create", "--name", "alone");

        Assert.Equal("/both", host.NetctlOk("inspect", "-f", "{{.Name}}", "both"));
        Assert.Equal("/both", host.NetctlOk("inspect", "--type", "container", "-f", "{{.Name}}", "both"));
        Assert.Equal("both bridge", host.NetctlOk("inspect", "--type=network", "-f", "{{.Name}} {{.Driver}}", "both"));
        Assert.Equal("/alone", host.NetctlOk("container", "inspect", "-f", "{{.Name}}", "alone"));
        Assert.Equal(1, host.Netctl("inspect", "--type", "network", "alone").ExitCode);
        Assert.Equal("0 0", host.NetctlOk("inspect", "-s", "-f", "{{.SizeRw}} {{.SizeRootFs}}", "both"));
        Assert.Contains("\"SizeRw\": 0", host.NetctlOk("container", "inspect", "-s", "both"), StringComparison.Ordinal);
        Assert.DoesNotContain("SizeRw", host.NetctlOk("inspect", "both"), StringComparison.Ordinal);
        Output network = host.Netctl("inspect", "-s", "--type", "network", "-f", "{{.Name}}", "both");
        Assert.Equal(
            (0, "both\n", "WARNING: --size ignored for network\n"), (network.ExitCode, network.StandardOutput, network.StandardError));
        Assert.Contains(
            "it takes container or network", host.Netctl("inspect", "--type", "image", "both").StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Every_verb_of_containers_works_under_the_noun_too()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = KernelState.Of(host);

        Assert.Equal("-d --rm", host.NetctlOk("container", "run", "--rm", "echo", "-d", "--rm"));
        Assert.Equal(127, host.Netctl("container", "run", "no-such-program").ExitCode);
        host.NetctlOk("container", "create", "--name", "c", "sleep", "1000");
        host.NetctlOk("container", "start", "c");
        Assert.Equal("c", host.NetctlOk("container", "ls", "--format", "{{.Names}}"));
        Assert.Equal("c", host.NetctlOk("container", "ps", "-f", "name=c", "--format", "{{.Names}}"));
        Assert.Equal("seen", host.NetctlOk("container", "exec", "c", "echo", "seen"));
        host.NetctlOk("container", "rename", "c", "d");
        Assert.NotEqual("", host.NetctlOk("--dry-run", "container", "rm", "-f", "d"));
        host.NetctlOk("container", "rm", "-f", "d");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        TestHost.Eventually("the kernel is as it was", () => before == KernelState.Of(host));
    }

    [KernelFact]
    public void A_container_prune_removes_what_does_not_run_and_its_filters_select()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "runs", "sleep", "1000");
        host.NetctlOk("create", "--name", "up");
        host.NetctlOk("create", "--name", "made", "-l", "keep", "true");
        string ended = host.NetctlOk("run", "-d", "--name", "ended", "true");
        host.NetctlOk("wait", "ended");

        Output asked = host.Run("sh", "-c", "echo n | \"$NETCTL\" container prune");
        Assert.Contains("WARNING! This will remove all stopped containers.\n", asked.StandardError, StringComparison.Ordinal);
        Assert.Equal("Total reclaimed space: 0B", host.NetctlOk("container", "prune", "-f", "--filter", "until=24h"));
        Assert.Equal(
            $"Deleted Containers:\n{ended}\n\nTotal reclaimed space: 0B",
            host.NetctlOk("container", "prune", "-f", "--filter", "label!=keep"));
        Assert.Equal("made up runs", host.NetctlOk("ps", "-a", "--format", "{{.Names}}").Replace('\n', ' '));
        Assert.Empty(Directory.GetDirectories(Path.Combine(host.Root, "data", "logs"), ended));
        Assert.Equal("501", host.Shell(
            $"curl -sS -o {host.Root}/answer -w '%{{http_code}}' -X POST --unix-socket {host.Socket} "
                + "'http://localhost/v1.47/containers/prune?dryRun=1'"));
        Assert.StartsWith("{\"ContainersDeleted\":[\"", host.Shell(
            $"curl -sS -X POST --unix-socket {host.Socket} http://localhost/v1.47/containers/prune"), StringComparison.Ordinal);
        Assert.Equal("up runs", host.NetctlOk("ps", "-a", "--format", "{{.Names}}").Replace('\n', ' '));
    }

    [KernelFact]
    public void A_system_prune_removes_stopped_containers_and_then_unused_networks()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = KernelState.Of(host);
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "--label", "keep", "back");
        string ended = host.NetctlOk("run", "-d", "--name", "ended", "--network", "front", "true");
        host.NetctlOk("wait", "ended");

        Output asked = host.Run("sh", "-c", "echo n | \"$NETCTL\" system prune -a --filter label=x");
        Assert.Equal(
            "WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n\n"
                + "  Items to be pruned will be filtered with:\n  - label=x\n\nAre you sure you want to continue? [y/N] ",
            asked.StandardError);
        Assert.Equal("Total reclaimed space: 0B", host.NetctlOk("system", "prune", "-f", "--filter", "label=x"));
        Assert.Equal(
            $"Deleted Containers:\n{ended}\n\nDeleted Networks:\nfront\n\nTotal reclaimed space: 0B",
            host.Shell("echo y | \"$NETCTL\" system prune --filter label!=keep 2>/dev/null"));
        Assert.Equal("back", host.NetctlOk("network", "ls", "-f", "type=custom", "--format", "{{.Name}}"));
        host.NetctlOk("system", "prune", "-f");
        TestHost.Eventually("the kernel is as it was", () => before == KernelState.Of(host));
        Assert.StartsWith("Name: ", host.NetctlOk("system", "info"), StringComparison.Ordinal);
    }
}
