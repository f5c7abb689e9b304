using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Docker's filters and formats of <c>network ls</c>, <c>inspect</c> and <c>prune</c>.</summary>
public sealed class NetworkListTests
{
    [KernelFact]
    public void Ls_lists_what_its_filters_ask_for_in_the_format_that_is_asked_for()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--label", "tier=front", "--label", "app", "front");
        string back = host.NetctlOk("network", "create", "--internal", "--ipv6", "--label", "tier=back", "back");
        host.NetctlOk("network", "create", "-d", "macvlan", "backup");
        host.NetctlOk("create", "--name", "c", "--network", "front");
        foreach ((string[] options, string names) in new (string[], string)[]
            {
                ([], "back backup bridge front host none"), (["-f", "driver=bridge"], "back bridge front"),
                (["-f", "driver=macvlan", "-f", "driver=host"], "backup host"), (["-f", $"id={back[..12]}"], "back"),
                (["-f", "label=tier"], "back front"), (["-f", "label=tier=front"], "front"),
                (["-f", "label=tier", "-f", "label=app"], "front"), (["-f", "name=back"], "back backup"), (["-f", "name=^back$"], "back"),
                (["-f", "scope=local", "-f", "type=builtin"], "bridge host none"), (["-f", "scope=swarm"], ""),
                (["-f", "type=custom"], "back backup front"), (["-f", "dangling=true"], "back backup"),
                (["-f", "dangling=false"], "bridge front host none"),
            })
        {
            Assert.Equal((string.Join(' ', options), names), (
                string.Join(' ', options), host.NetctlOk(["network", "ls", .. options, "--format", "{{.Name}}"]).Replace('\n', ' ')));
        }

        Assert.Equal(back[..12], host.NetctlOk("network", "ls", "-qf", "name=^back$"));
        Assert.Equal(back[..12], host.NetctlOk("network", "ls", "-q", "--format", "table", "-f", "name=^back$"));
        Assert.Equal("back", host.NetctlOk("network", "ls", "-q", "--format", "{{.Name}}", "-f", "name=^back$"));
        Assert.Equal(back, host.NetctlOk("network", "list", "-q", "--no-trunc", "-f", "name=^back$"));
        Assert.Equal(
            $"{back[..12]} back bridge local true true true tier=back back", host.NetctlOk(
                "network", "ls", "-f", "name=^back$", "--format",
                "{{.ID}} {{.Name}} {{.Driver}} {{.Scope}} {{.IPv4}} {{.IPv6}} {{.Internal}} {{.Labels}} {{.Label \"tier\"}}"));
        Assert.Equal("NAME      DRIVER\nback      bridge", host.NetctlOk(
            "network", "ls", "-f", "name=^back$", "--format", "table {{.Name}}\\t{{.Driver}}"));
        Assert.Equal($"back {back}", host.NetctlOk("network", "inspect", "-v", "--format", "{{.Name}} {{.Id}}", back[..12]));
        foreach ((string filter, string words) in new[]
            {
                ("type=x", "invalid filter 'type=x'"), ("dangling=maybe", "invalid filter 'dangling=maybe'"), ("x=y", "\"x=y\""),
            })
        {
            Output refused = host.Netctl("network", "ls", "-f", filter);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }
    }

    [KernelFact]
    public void Prune_removes_unused_networks_by_age_and_labels_and_their_bridges()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--label", "keep=yes", "kept");
        host.NetctlOk("network", "create", "--label", "keep=no", "gone");
        host.NetctlOk("network", "create", "used");
        host.NetctlOk("create", "--name", "c", "--network", "used", "true"); // that has not been started counts too
        Assert.Equal("", host.NetctlOk("network", "prune", "-f", "--filter", "until=24h"));
        Assert.Equal("Deleted Networks:\ngone", host.NetctlOk("network", "prune", "-f", "--filter", "label=keep=no"));
        Assert.Equal("", host.NetctlOk("network", "prune", "-f", "--filter", "label!=keep"));
        Assert.Contains(
            "more than one until filter",
            host.Netctl("network", "prune", "-f", "--filter", "until=1s", "--filter", "until=2s").StandardError,
            StringComparison.Ordinal);
        Assert.Equal("Deleted Networks:\nkept", host.NetctlOk("network", "prune", "-f"));
        Assert.Equal("used", host.NetctlOk("network", "ls", "-f", "type=custom", "--format", "{{.Name}}"));
        Assert.Equal("2", host.Shell("ip -o link show type bridge | wc -l"));
    }
}
