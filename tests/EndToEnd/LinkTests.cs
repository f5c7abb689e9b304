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
                $"SQL_PORT_5432_TCP=tcp://{addresses[0]}:5432", $"SQL_PORT_5432_TCP_ADDR={addresses[0]}", "SQL_PORT_5432_TCP_PORT=5432",
                "SQL_PORT_5432_TCP_PROTO=tcp", "SQL_NAME=/web/sql", "SQL_ENV_PASSWORD=secret", "SQL_PORT=mine",
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
        Assert.Equal(0, host.Netctl("doctor").ExitCode);

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
