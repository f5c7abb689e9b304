using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>As whom, where and with which variables, labels, hosts and settings a command runs.</summary>
public sealed class RunOptionTests
{
    private const string Identity =
        "id -u; id -g; id -G; echo \"$HOME\"; pwd; grep -E '^(Uid|Gid|CapEff|CapPrm|CapAmb):' /proc/self/status | tr -s '\\t' ' '";

    [KernelFact]
    public void Why_a_container_could_not_be_started_is_kept_until_it_can()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        string program = Path.Combine(host.Root, "program");
        foreach ((string name, string[] command, int code, string words) in new (string, string[], int, string)[]
            {
                ("absent", [program], 127, "program"), ("folder", ["/etc"], 126, "/etc"), ("port", ["-p", "8080:80", "true"], 128, "8080"),
            })
        {
            host.NetctlOk(["create", "--name", name, .. command]);
            Output start = host.Netctl("start", name);
            Assert.NotEqual(0, start.ExitCode);
            string[] state = host.NetctlOk("inspect", "-f", "{{.State.Status}}|{{.State.ExitCode}}|{{.State.Error}}", name).Split('|');
            Assert.Equal(("created", $"{code}"), (state[0], state[1]));
            Assert.Contains(words, state[2], StringComparison.Ordinal);
            Assert.EndsWith($": {state[2]}\n", start.StandardError, StringComparison.Ordinal);
            Assert.Equal($"{code}", host.NetctlOk("wait", name));
        }

        File.WriteAllText(program, "#!/bin/sh\nexit 3\n");
        host.Shell($"chmod +x {program}");
        host.NetctlOk("start", "absent");
        Assert.Equal("3", host.NetctlOk("wait", "absent"));
        Assert.Equal("exited 3 ", host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}} {{.State.Error}}", "absent"));
        Assert.Equal("web", host.NetctlOk("ps", "--format", "{{.Names}}"));
    }

    [KernelFact]
    public void A_command_has_its_users_rights_groups_and_home_and_no_others()
    {
        using TestHost host = WithAccounts();
        host.StartDaemon();

        Assert.Equal(
            "4001\n4002\n4002 4003 4004\n/home/ann\n/usr\nUid: 4001 4001 4001 4001\nGid: 4002 4002 4002 4002\nCapPrm: 0000000000000000\n"
                + "CapEff: 0000000000000000\nCapAmb: 0000000000000000",
            host.NetctlOk("run", "--rm", "-u", "ann", "-w", "/usr", "sh", "-c", Identity));
        Assert.StartsWith(
            "4001\n4003\n4003\n/home/ann\n/\n", host.NetctlOk("run", "--rm", "--user", "4001:crew", "sh", "-c", Identity),
            StringComparison.Ordinal);
        Assert.StartsWith("4711\n0\n0\n/\n", host.NetctlOk("run", "--rm", "-u", "4711", "sh", "-c", Identity), StringComparison.Ordinal);
        Assert.StartsWith("0\n", host.NetctlOk("run", "--rm", "sh", "-c", Identity), StringComparison.Ordinal);
        Assert.Equal("/root", host.NetctlOk("run", "--rm", "sh", "-c", "echo $HOME"));
        Assert.Equal("/tmp", host.NetctlOk("run", "--rm", "-u", "ann", "-e", "HOME=/tmp", "sh", "-c", "echo $HOME"));
        Assert.Equal("out", host.NetctlOk("run", "--rm", "-u", "ann", "sh", "-c", "echo out > /dev/stdout"));
        Assert.Equal("in", host.Shell("echo in | \"$NETCTL\" run --rm -i -u ann sh -c 'cat /dev/stdin'"));

        // The terminal may add what the end of the input looks like.
        Assert.Contains(
            "4001 4001",
            host.Shell(
                "script -qec '\"$NETCTL\" run --rm -it -u ann sh -c \"echo \\$(id -u) \\$(stat -c %u \\$(tty))\"' /dev/null </dev/null")
                .Trim(),
            StringComparison.Ordinal);
        Assert.NotEqual(0, host.Netctl("run", "--rm", "-u", "ann", "sh", "-c", "echo x > /etc/netctl-test-forbidden").ExitCode);

        host.NetctlOk("run", "-d", "--name", "c", "-u", "ann:crew", "-w", "/usr", "sleep", "1000");
        Assert.Equal("4001 4003 ann:crew /usr", host.Shell(
            "p=$(\"$NETCTL\" inspect -f '{{.State.Pid}}' c); echo $(stat -c '%u %g' /proc/$p) "
                + "$(\"$NETCTL\" inspect -f '{{.Config.User}} {{.Config.WorkingDir}}' c)"));
    }

    [KernelFact]
    public void An_unknown_user_and_a_directory_that_is_no_path_are_refused_and_leave_nothing()
    {
        using TestHost host = WithAccounts();
        host.StartDaemon();
        foreach ((string[] options, int code, string words) in new (string[], int, string)[]
            {
                (["-u", "nosuch"], 125, "unable to find user nosuch: no matching entries in passwd file"),
                (["-u", "ann:nosuch"], 125, "unable to find group nosuch: no matching entries in group file"),
                (["-w", "srv"], 125, "the working directory 'srv' is invalid, it needs to be an absolute path"),
                (["-w", "/nosuch"], 127, "chdir to cwd (\"/nosuch\") failed: no such file or directory"),
            })
        {
            Output refused = host.Netctl(["run", .. options, "true"]);
            Assert.Equal(code, refused.ExitCode);
            Assert.Equal(1, refused.StandardError.Count(c => c == '\n'));
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void Variables_come_from_files_the_command_line_and_the_callers_environment()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "env"), "# comment\nA=one\n  B= two \nMINE\nNOWHERE\nC=file\n");
        File.WriteAllText(Path.Combine(host.Root, "bad"), "A=1\nB C=2\n");

        Assert.Equal(
            "A=one\nB= two \nC=flag\nMINE=kept\nOTHER=own", host.Shell(
                $"MINE=kept OTHER=own \"$NETCTL\" run --rm --env-file {host.Root}/env -e C=flag -e OTHER -e GONE env | "
                    + "grep -E '^(A|B|C|MINE|NOWHERE|OTHER|GONE)=' | sort"));
        Output refused = host.Netctl("run", "--rm", "--env-file", Path.Combine(host.Root, "bad"), "true");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains(
            $"{host.Root}/bad\"): line 2: variable \"B C\" contains whitespaces", refused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Labels_come_from_files_and_the_command_line_and_are_listed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "labels"), "a=file\nb=file\nalone\n");
        host.NetctlOk("create", "--name", "c", "--label-file", $"{host.Root}/labels", "-l", "b=flag", "--label", "x.y=1=2", "true");

        Assert.Equal(
            """{"a":"file","alone":"","b":"flag","x.y":"1=2"}""",
            Sorted(host.NetctlOk("inspect", "-f", "{{json .Config.Labels}}", "c")));
        Assert.Equal("flag", host.NetctlOk("ps", "-a", "--format", "{{.Label \"b\"}}"));
        Output refused = host.Netctl("run", "--label", "=x", "true");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains("invalid label \"=x\": empty name", refused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Hosts_are_added_in_every_mode_that_has_a_hosts_file_of_its_own()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--bip", "10.60.0.1/24");
        host.NetctlOk("network", "create", "--subnet", "10.61.0.0/24", "front");
        string[] hosts = ["--add-host", "db:192.0.2.7", "--add-host", "six=[2001:db8::7]", "--add-host", "up:host-gateway"];

        Assert.Equal(
            "192.0.2.7 db\n2001:db8::7 six\n10.60.0.1 up\n10.61.0.2 web", host.NetctlOk(
                ["run", "--rm", "-h", "web", "--network", "front", .. hosts, "sh", "-c", Added]));
        Assert.Equal(
            "192.0.2.7 db\n2001:db8::7 six\n10.60.0.1 up",
            host.NetctlOk(["run", "--rm", "--network", "host", .. hosts, "sh", "-c", Added]));
        Assert.Equal(host.Shell("cat /etc/hosts"), host.NetctlOk("run", "--rm", "--network", "host", "cat", "/etc/hosts"));
        host.NetctlOk(["run", "-d", "--name", "c", .. hosts, "sleep", "1000"]);
        Assert.Equal("192.0.2.7", host.NetctlOk("exec", "c", "getent", "hosts", "db").Split(' ')[0]);
        Assert.Equal(
            "[\"db:192.0.2.7\",\"six:2001:db8::7\",\"up:host-gateway\"]",
            host.NetctlOk("inspect", "-f", "{{json .HostConfig.ExtraHosts}}", "c"));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
        foreach ((string value, string words) in new[]
            {
                ("db", "bad format for add-host: \"db\""), ("db:x", "invalid IP address in add-host: \"x\""),
            })
        {
            Output refused = host.Netctl("run", "--add-host", value, "true");
            Assert.Equal(125, refused.ExitCode);
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Output shared = host.Netctl("run", "--network", "container:c", "--add-host", "db:192.0.2.7", "true");
        Assert.Contains(
            "conflicting options: custom host-to-IP mapping and the network mode", shared.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_container_that_turns_IPv6_off_has_neither_an_address_nor_a_route_nor_a_name_of_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "fd00:77::/64", "front");
        host.NetctlOk(
            "run", "-d", "--name", "old", "--network", "front", "--sysctl", "net.ipv6.conf.all.disable_ipv6=1", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "new", "--network", "front", "sleep", "1000");
        for (int start = 0; start < 2; start++)
        {
            Assert.Equal("", host.Shell("ip netns exec old ip -6 address; ip netns exec old ip -6 route"));
            Assert.Equal("", host.NetctlOk("exec", "new", "dig", "+short", "old", "AAAA"));
            Assert.NotEqual("", host.Dig("new", "old"));
            Assert.NotEqual("", host.Dig("new", "new"));
            host.NetctlOk("doctor");
            host.NetctlOk("restart", "-t", "0", "old");
        }

        Output refused = host.Netctl(
            "create", "--network", "front", "--ip6", "fd00:77::9", "--sysctl", "net.ipv6.conf.all.disable_ipv6=1");
        Assert.Contains("its sysctl disable_ipv6 turns it off", refused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_setting_is_the_containers_own_and_the_hosts_stays()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = host.Shell("sysctl -n net.ipv4.tcp_syncookies net.ipv4.ip_local_port_range");
        host.NetctlOk(
            "run", "-d", "--name", "c", "--sysctl", "net.ipv4.ip_local_port_range=2000 3000", "--sysctl", "net.ipv4.tcp_syncookies=2",
            "--sysctl", "net.ipv4.ip_unprivileged_port_start=1024", "sleep", "1000");

        Assert.Equal("2000\t3000\n2\n1024", host.Shell(
            "ip netns exec c sysctl -n net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies net.ipv4.ip_unprivileged_port_start"));
        Assert.Equal(before, host.Shell("sysctl -n net.ipv4.tcp_syncookies net.ipv4.ip_local_port_range"));
        Assert.Equal("2", host.NetctlOk("inspect", "-f", "{{index .HostConfig.Sysctls \"net.ipv4.tcp_syncookies\"}}", "c"));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
        host.NetctlOk("restart", "-t", "0", "c");
        Assert.Equal("2", host.Shell("ip netns exec c sysctl -n net.ipv4.tcp_syncookies"));
        string state = KernelState.Of(host);
        foreach ((string[] options, string words) in new (string[], string)[]
            {
                (["--sysctl", "kernel.shmmax=1"], "sysctl 'kernel.shmmax=1' is not allowed"),
                (["--sysctl", "net.ipv4.nosuch=1"], "the kernel has no setting net/ipv4/nosuch; see sysctl -a"),
                (["--sysctl", "net.ipv4.tcp_syncookies=many"], "the kernel does not take \"many\" for net/ipv4/tcp_syncookies"),
                (["--network", "host", "--sysctl", "net.ipv4.ip_forward=1"], "not allowed in host network namespace"),
                (["--network", "container:c", "--sysctl", "net.ipv4.ip_forward=1"], "sysctl and the container type network mode"),
            })
        {
            Output refused = host.Netctl(["run", "--name", "bad", .. options, "true"]);
            Assert.Equal(125, refused.ExitCode);
            Assert.Equal(1, refused.StandardError.Count(c => c == '\n'));
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Assert.Equal("c", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        TestHost.Eventually("the kernel is as it was", () => state == KernelState.Of(host));
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    // The lines behind localhost, without our marks, addresses and names parted by a space.
    private const string Added = "grep -v -E '^#|localhost|ip6-' /etc/hosts | tr '\\t' ' '";

    // A host with a user of four groups, in files that only its own mount namespace sees.
    private static TestHost WithAccounts()
    {
        TestHost host = TestHost.Create();
        host.Shell(
            $"cp /etc/passwd {host.Root}/passwd; cp /etc/group {host.Root}/group; echo 'ann:x:4001:4002:Ann:/home/ann:/bin/sh' >> "
                + $"{host.Root}/passwd; printf 'ann:x:4002:\\ncrew:x:4003:ann\\nband:x:4004:bob,ann\\n' >> {host.Root}/group; "
                + $"mount --bind {host.Root}/passwd /etc/passwd; mount --bind {host.Root}/group /etc/group");
        return host;
    }

    private static string Sorted(string json) => JsonSerializer.Serialize(
        new SortedDictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!, StringComparer.Ordinal));
}
