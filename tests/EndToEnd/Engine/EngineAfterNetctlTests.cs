using System.Globalization;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.EndToEnd.Reachability;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>A Docker Engine that starts after netctl has turned forwarding on, where netctl's rules are in nftables: netctl's guard then
/// judges every packet that the Engine has accepted.</summary>
public sealed class EngineAfterNetctlTests
{
    [ProgramFact(DockerDaemon.Program)]
    public void Containers_on_the_engines_own_networks_reach_what_is_outside_and_are_reached_by_their_ports()
    {
        using Town town = Town.Create(
            "nftables",
            prepare: host =>
            {
                host.OwnEtc();
                host.Shell("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
                DockerDaemon.MakePlace(host);
            },
            flags: ["--plugin-dir", "/run/docker/plugins"]);
        town.Host.NetctlOk("network", "create", "first");
        Assert.Equal("1", town.Host.Shell("cat /proc/sys/net/ipv4/ip_forward"));
        using DockerDaemon docker = DockerDaemon.StartInPlace(town.Host, "--bip", "172.27.0.1/24");
        Ok("network", "create", "-d", "bridge", "--subnet", "172.30.0.0/24", "theirs");
        Ok("network", "create", "-d", "netctl", "--subnet", "172.31.0.0/24", "-o", "netctl.ports=engine", "shared");
        Container("d1", "-p", "8081:80");
        Container("t1", "--network", "theirs", "-p", "8082:80");
        Container("s1", "--network", "shared", "-p", "8083:80");
        town.Serve("out", "tcp", 7000);

        // A bridge that leads to other machines by a port of it.
        town.Host.Shell(
            """
            ip link add card type dummy || ip link add card type vxlan id 5 dstport 4789
            ip link add virbr9 type bridge
            ip link set card master virbr9
            ip address add 172.29.0.1/24 dev virbr9
            ip address add fd00:29::1/64 dev virbr9 nodad
            ip link set virbr9 up
            """);
        town.Plug("vm", "virbr9", "172.29.0.2/24", "172.29.0.1", "fd00:29::2/64", "fd00:29::1");
        town.Serve("vm", "tcp", 80);
        TestHost.Eventually("the guard knows the bridges", () => town.Host.Netctl("doctor").ExitCode == 0);
        AssertReach(
            """
                                    out  d1   t1   s1   vm   host
            tcp 192.0.2.1:8081  d1  own  .    .    .    .    .
            tcp 192.0.2.1:8082  t1  own  .    .    .    .    .
            tcp 192.0.2.1:8083  s1  own  .    .    .    .    .
            tcp 192.0.2.2:7000 out  .    nat  nat  nat  no   own
            tcp 172.27.0.2:80   d1  no   own  no   .    no   own
            tcp 172.30.0.2:80   t1  no   no   own  .    no   own
            tcp 172.31.0.2:80   s1  no   no   no   own  no   own
            tcp 172.29.0.2:80   vm  no   .    .    .    own  own
            """);

        // So it is with those that come while both run, and after netctl has started again.
        Ok("network", "create", "-d", "bridge", "--subnet", "172.28.0.0/24", "later");
        Container("l1", "--network", "later", "-p", "8084:80");
        TestHost.Eventually("the guard knows the bridges", () => town.Host.Netctl("doctor").ExitCode == 0);
        const string Reached =
            """
                                    out  l1
            tcp 192.0.2.1:8084  l1  own  .
            tcp 192.0.2.2:7000 out  .    nat
            tcp 172.28.0.2:80   l1  no   own
            """;
        AssertReach(Reached);
        town.Host.KillDaemon();
        town.Host.StartDaemon("--firewall-backend", "nftables", "--plugin-dir", "/run/docker/plugins");
        AssertReach(Reached);

        // Nothing of a network that has gone stays.
        Ok("rm", "-f", "l1");
        Ok("network", "rm", "later");
        TestHost.Eventually("the guard knows the bridges", () => town.Host.Netctl("doctor").ExitCode == 0);

        void Container(string name, params string[] flags)
        {
            Ok(["run", "-d", "--name", name, .. flags, DockerDaemon.Image, "sleep", "1000"]);
            town.Enter(name, int.Parse(Ok("inspect", "-f", "{{.State.Pid}}", name), CultureInfo.InvariantCulture));
            town.Serve(name, "tcp", 80);
        }

        string Ok(params string[] arguments)
        {
            Output output = docker.Docker(arguments);
            Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}\n{town.Host.DaemonLog}");
            return output.StandardOutput.TrimEnd('\n');
        }

        void AssertReach(string table)
        {
            IReadOnlyList<string> wrong = ReachTable.Parse(table).Check(town);
            Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{town.Host.DaemonLog}");
        }
    }
}
