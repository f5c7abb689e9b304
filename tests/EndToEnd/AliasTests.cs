using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The names a user gives a container, asked for by dig and getent in another one.</summary>
public sealed class AliasTests
{
    [KernelFact]
    public void A_container_answers_to_its_aliases_host_name_and_short_id_and_with_the_networks_name_behind()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "net7");
        string id = host.NetctlOk(
            "run", "-d", "--name", "db", "-h", "Store.example", "--network", "net7", "--network-alias", "sql", "--network-alias",
            "data.base", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net7", "sleep", "1000");

        string[] names =
        [
            "db", "SQL", "data.base", "store.example", id[..12], "sql.net7", "data.base.net7", "Store.Example.Net7", $"{id[..12]}.net7",
        ];
        foreach (string name in names)
        {
            Assert.Equal("10.7.0.2", host.Dig("app", name));
            Assert.Equal("fd00:7::2", host.Dig("app", name, "AAAA"));
        }

        Assert.Equal("Store.example", host.NetctlOk("exec", "db", "hostname"));
        Assert.Contains("10.7.0.2", host.NetctlOk("exec", "app", "getent", "ahostsv4", "sql"), StringComparison.Ordinal);
        Assert.Contains("fd00:7::2", host.NetctlOk("exec", "app", "getent", "ahostsv6", "sql"), StringComparison.Ordinal);
        Assert.Equal(
            $"db sql data.base {id[..12]} Store.example",
            host.NetctlOk("inspect", "--format", "{{join .NetworkSettings.Networks.net7.DNSNames \" \"}}", "db"));
        Assert.Equal("[sql data.base]", host.NetctlOk("inspect", "--format", "{{.NetworkSettings.Networks.net7.Aliases}}", "db"));
        Assert.Equal("Store.example", host.NetctlOk("inspect", "--format", "{{.Config.Hostname}}", "db"));
    }

    [KernelFact]
    public void Holders_of_one_alias_take_turns_at_being_first()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.7.0.0/24", "net7");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net7", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "one", "--network", "net7", "--network-alias", "pool", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "two", "--network", "net7", "--network-alias", "pool", "sleep", "1000");

        var first = new HashSet<string>(StringComparer.Ordinal);
        TestHost.Eventually("both holders were first once", () =>
        {
            string[] answer = host.Dig("app", "pool").Split('\n');
            Assert.Equal(["10.7.0.3", "10.7.0.4"], answer.Order(StringComparer.Ordinal));
            first.Add(answer[0]);
            return first.Count == 2;
        });
    }

    [KernelFact]
    public void An_alias_given_by_connect_counts_at_once_on_its_network_alone_until_it_is_taken_away()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.7.0.0/24", "net7");
        host.NetctlOk("network", "create", "--subnet", "10.8.0.0/24", "net8");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net7", "--network", "net8", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "stranger", "--network", "net7", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "net7", "sleep", "1000");
        Assert.Equal("10.7.0.4", host.Dig("app", "db"));

        host.NetctlOk("network", "connect", "--alias", "sql", "net8", "db");
        Assert.Equal("10.8.0.3", host.Dig("app", "sql"));
        Assert.Equal("10.8.0.3", host.Dig("app", "db.net8"));
        Assert.Equal("10.7.0.4 10.8.0.3", string.Join(' ', host.Dig("app", "db").Split('\n').Order(StringComparer.Ordinal)));
        Assert.Equal("db.net8.", host.Dig("app", "-x", "10.8.0.3"));
        Assert.Equal("db.net7.", host.Dig("app", "-x", "10.7.0.4"));
        Assert.Equal("10.7.0.4", host.Dig("stranger", "db"));
        Assert.DoesNotContain("10.8.0.3", Answer("stranger", "sql"), StringComparison.Ordinal);

        host.NetctlOk("network", "disconnect", "net8", "db");
        Assert.DoesNotContain("10.8.0.3", Answer("app", "sql"), StringComparison.Ordinal);
        Assert.Equal("10.7.0.4", host.Dig("app", "db"));

        host.NetctlOk("stop", "-t", "0", "db");
        Assert.DoesNotContain("10.7.0.4", Answer("app", "db"), StringComparison.Ordinal);

        string Answer(string asker, string name) => host.Netctl("exec", asker, "dig", "+time=1", "+tries=1", name).StandardOutput;
    }

    [KernelFact]
    public void The_host_and_the_way_out_have_names()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--internal", "--subnet", "10.6.0.0/24", "-o", "com.docker.network.bridge.name=inner", "inside");
        host.NetctlOk(
            "network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "-o",
            "com.docker.network.bridge.name=outer", "net7");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "inside", "sleep", "1000");
        Assert.Equal("10.6.0.1", host.Dig("app", "host.netctl.internal"));
        Assert.Equal("", host.Dig("app", "gateway.netctl.internal"));

        // What ip says of the bridges and of the route is the witness.
        host.NetctlOk("network", "connect", "net7", "app");
        Assert.Contains(
            $" {host.Dig("app", "host.netctl.internal")}/24 ", host.Shell("ip -4 -o address show inner"), StringComparison.Ordinal);
        Assert.Contains(
            $" {host.Dig("app", "host.netctl.internal", "AAAA")}/64 ", host.Shell("ip -6 -o address show outer"), StringComparison.Ordinal);
        Assert.Contains(
            $"via {host.Dig("app", "gateway.netctl.internal")} ",
            host.NetctlOk("exec", "app", "ip", "-4", "route", "show", "default"),
            StringComparison.Ordinal);
        Assert.Contains(
            $"via {host.Dig("app", "gateway.netctl.internal", "AAAA")} ",
            host.NetctlOk("exec", "app", "ip", "-6", "route", "show", "default"),
            StringComparison.Ordinal);

        string text = host.NetctlOk("exec", "app", "dig", "host.netctl.internal", "TXT");
        Assert.Contains("status: NOERROR", text, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 0", text, StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", host.NetctlOk("exec", "app", "dig", "other.netctl.internal", "TXT"), StringComparison.Ordinal);
    }
}
