using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Links as containers see them: /etc/hosts, the environment, names.</summary>
public sealed class LinkTests
{
    [KernelFact]
    public void A_link_on_the_default_network_is_a_line_and_variables()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--ipv6");
        string db = host.NetctlOk("run", "-d", "--name", "db", "-e", "PASSWORD=secret", "--expose", "5432", "sleep", "1000")[..12];
        host.NetctlOk("run", "-d", "--name", "web", "--link", "db:sql", "-e", "SQL_PORT=mine", "sleep", "1000");

        string[] addresses =
        [
            host.NetctlOk("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "db"),
            host.NetctlOk("inspect", "-f", "{{.NetworkSettings.GlobalIPv6Address}}", "db"),
        ];
        string[] hosts = host.NetctlOk("exec", "web", "cat", "/etc/hosts").Split('\n');
        Assert.Equal(
            addresses.Select(address => $"{address}\tsql {db} db"),
            hosts.Where(line => line.Contains("sql", StringComparison.Ordinal)));
        Assert.Equal(addresses[0], host.NetctlOk("exec", "web", "getent", "ahostsv4", "db").Split(' ')[0]);
        Assert.Equal(
            [
                "SQL_PORT=mine", $"SQL_PORT_5432_TCP=tcp://{addresses[0]}:5432", $"SQL_PORT_5432_TCP_ADDR={addresses[0]}",
                "SQL_PORT_5432_TCP_PORT=5432", "SQL_PORT_5432_TCP_PROTO=tcp", "SQL_NAME=/web/sql", "SQL_ENV_PASSWORD=secret",
            ],
            Variables(host));
        Assert.Equal("[/db:/web/sql]", host.NetctlOk("inspect", "-f", "{{.HostConfig.Links}}", "web"));

        // The line follows; the variables of the command stay as they were.
        host.NetctlOk("network", "disconnect", "bridge", "db");
        Assert.NotEqual(0, host.Netctl("exec", "web", "getent", "ahostsv4", "sql").ExitCode);
        host.NetctlOk("network", "connect", "bridge", "db");
        string moved = host.NetctlOk("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "db");
        Assert.NotEqual(addresses[0], moved);
        Assert.Equal(moved, host.NetctlOk("exec", "web", "getent", "ahostsv4", "sql").Split(' ')[0]);
        Assert.Contains($"SQL_PORT_5432_TCP_ADDR={addresses[0]}", Variables(host));
        host.DoctorIsContentAtOnce();

        host.NetctlOk("restart", "-t", "0", "web");
        Assert.Contains($"SQL_PORT_5432_TCP_ADDR={moved}", Variables(host));
    }

    [KernelFact]
    public void What_cannot_be_linked_is_refused_in_Dockers_words_and_nothing_is_made()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "db", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "db");
        Refused(host, "Cannot link to a non running container: /db AS /web/sql", "--link", "db:sql");
        Refused(host, "could not get container for nobody: No such container: nobody", "--link", "nobody");
        Refused(host, "bad format for links: a:b:c", "--link", "a:b:c");
        Refused(
            host, "host type networking can't be used with links. This would result in undefined behavior", "--network", "host", "--link",
            "db");
        Refused(host, "container type network can't be used with links", "--network", "container:db", "--link", "db");
        Refused(host, "two links of container web have the alias x", "--link", "db:x", "--link", "db:x");
        Refused(host, "container web cannot be linked to itself", "--link", "web:x");
        Assert.Equal("db", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        host.NetctlOk("start", "db");
        Output explained = host.Netctl("--dry-run", "run", "--link", "db:sql", "true");
        Assert.Contains("SQL_NAME=", explained.StandardOutput, StringComparison.Ordinal);
    }

    [KernelFact]
    public void On_a_user_network_a_link_is_a_name_for_the_linking_container_alone()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "net7");
        host.NetctlOk("network", "create", "net8");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net7", "--link", "db:sql", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "other", "--network", "net7", "sleep", "1000");
        Assert.Equal("", host.Dig("web", "sql"));

        host.NetctlOk("run", "-d", "--name", "db", "--network", "net7", "--ip", "10.7.0.9", "--ip6", "fd00:7::9", "sleep", "1000");
        Assert.Equal("10.7.0.9", host.Dig("web", "sql"));
        Assert.Equal("10.7.0.9", host.Dig("web", "sql.net7"));
        Assert.Equal("fd00:7::9", host.Dig("web", "sql", "AAAA"));
        Assert.Contains("10.7.0.9", host.NetctlOk("exec", "web", "getent", "ahostsv4", "sql"), StringComparison.Ordinal);
        Assert.NotEqual(0, host.Netctl("exec", "other", "getent", "ahostsv4", "sql").ExitCode);
        Assert.DoesNotContain("sql", host.NetctlOk("exec", "web", "cat", "/etc/hosts"), StringComparison.Ordinal);
        Assert.Empty(Variables(host));
        Assert.Equal("[db:sql]", host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net7.Links}}", "web"));
        Assert.Equal("[]", host.NetctlOk("inspect", "-f", "{{.HostConfig.Links}}", "web"));

        // By connect, and after a new name of the other and a new daemon.
        host.NetctlOk("network", "connect", "net8", "db");
        host.NetctlOk("network", "connect", "--link", "db:store", "net8", "web");
        string onNet8 = host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.net8.IPAddress}}", "db");
        host.NetctlOk("rename", "db", "base");
        host.KillDaemon();
        host.StartDaemon();
        TestHost.Eventually("the resolver answers", () => host.Dig("web", "store") == onNet8);
        Assert.Equal("10.7.0.9", host.Dig("web", "sql"));

        host.NetctlOk("rm", "--link", "/web/store");
        Assert.Equal("", host.Dig("web", "store.net8"));
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void The_names_of_links_are_listed_and_understood()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--icc=false");
        string db = host.NetctlOk("run", "-d", "--name", "db", "--expose", "80", "sleep", "1000")[..12];
        host.NetctlOk("run", "-d", "--name", "web", "--link", "db", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--link", "/web/db:sql", "sleep", "1000");

        Assert.Contains(
            host.NetctlOk("ps").Split('\n'),
            line => line.StartsWith(db, StringComparison.Ordinal) && line.EndsWith(" db, app/sql, web/db", StringComparison.Ordinal));
        Assert.Equal("app\nweb\ndb", host.NetctlOk("ps", "--format", "{{.Names}}"));
        Assert.Equal("app\nweb\ndb,app/sql,web/db", host.NetctlOk("ps", "--no-trunc", "--format", "{{.Names}}"));
        Assert.Empty(host.NetctlOk("ps", "-qf", "name=web/db")); // as with Docker, a filter knows a container by its own name
        Assert.Equal("web", host.NetctlOk("ps", "-f", "name=web", "--format", "{{.Names}}"));
        Assert.Equal("/db", host.NetctlOk("inspect", "-f", "{{.Name}}", "/web/db"));
        Assert.Equal("hi", host.NetctlOk("exec", "web/db", "echo", "hi"));

        // The rule goes with the link, whoever takes it away.
        Assert.Equal(2, Rules());
        host.NetctlOk("rename", "web", "shop");
        Assert.Contains("ip", host.NetctlOk("--dry-run", "rm", "--link", "shop/db"), StringComparison.Ordinal);
        host.NetctlOk("rm", "--link", "shop/db");
        Assert.Equal(1, Rules());
        Assert.NotEqual(0, host.Netctl("exec", "shop", "getent", "ahostsv4", "db").ExitCode);
        Assert.Equal("3", host.Shell("$NETCTL ps -q | wc -l"));
        Output refused = host.Netctl("rm", "--link", "shop/db");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("container shop has no link db", refused.StandardError, StringComparison.Ordinal);

        host.NetctlOk("rm", "-f", "db");
        Assert.Equal(0, Rules());
        Assert.DoesNotContain("sql", host.NetctlOk("exec", "app", "cat", "/etc/hosts"), StringComparison.Ordinal);
        host.NetctlOk("restart", "-t", "0", "app");
        Assert.Equal("[]", host.NetctlOk("inspect", "-f", "{{.HostConfig.Links}}", "app"));
        host.DoctorIsContentAtOnce();

        int Rules() => int.Parse(host.Shell("nft list set bridge netctl linked4 | grep -c 'tcp . 80\\|. 80 ' || true"));
    }

    private static void Refused(TestHost host, string words, params string[] flags)
    {
        Output output = host.Netctl(["run", "-d", "--name", "web", .. flags, "sleep", "1000"]);
        Assert.Equal(125, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }

    private static string[] Variables(TestHost host)
    {
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");
        return
        [
            .. host.Shell($"tr '\\0' '\\n' < /proc/{process}/environ").Split('\n')
                .Where(variable => variable.StartsWith("SQL_", StringComparison.Ordinal)),
        ];
    }
}
