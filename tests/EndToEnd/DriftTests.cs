using System.Diagnostics;
using System.Text.RegularExpressions;
using Net.Tests.EndToEnd.CrashOnly;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What another program changes or removes of ours on the host is put back by the daemon itself, soon; ip(8) and sysctl(8) see
/// it.</summary>
public sealed class DriftTests
{
    private const string Section = "Changed by others";
    private const string PutBack = "of ours is as it should be again";

    [KernelTheory]
    [InlineData("ip link delete $veth")]
    [InlineData("ip link set $veth down")]
    [InlineData("ip link set $veth nomaster")]
    [InlineData("ip link set $veth name other")]
    [InlineData("ip link set $veth down; ip link set $veth name other; ip link set other up")]
    [InlineData("ip link delete $bridge")]
    [InlineData("ip link set $bridge down")]
    [InlineData("ip link set $bridge down; ip link set $bridge up")]
    [InlineData("ip address flush dev $bridge")]
    [InlineData("ip -6 address flush dev $bridge scope global")]
    [InlineData("ip route delete 10.70.0.0/24")]
    [InlineData("sysctl -qw net.ipv4.ip_forward=0")]
    [InlineData("ip -n web address delete 10.70.0.2/24 dev eth0")]
    [InlineData("ip -n web route delete default")]
    [InlineData("ip -n web route flush table main")]
    [InlineData("ip -n web link delete eth0")]
    [InlineData("rm $files/hosts")]
    [InlineData("rm -r $files")]
    public void It_is_put_back(string fault)
    {
        using TestHost host = WithContainer();
        string before = StateOf(host);
        Break(host, fault);
        TestHost.Eventually(
            "it is put back", () => host.DaemonLog.Contains(PutBack, StringComparison.Ordinal) && StateOf(host) == before);
        Assert.Equal(0, host.Netctl("doctor").ExitCode);
        Assert.Equal(0, host.Run("ping", "-c1", "-w10", "10.70.0.2").ExitCode);
        ReliabilityPage.Tell(Section, $"`{fault}`", "put back by the daemon");
    }

    [KernelFact]
    public void A_program_that_takes_it_away_each_time_is_not_fought_and_the_log_says_so()
    {
        using TestHost host = WithContainer();
        using Process other = host.Start(
            "sh",
            "-c",
            Names
                + "\nwhile ip link set $veth down; do echo down; until ip link show dev $veth up | grep -q UP; do sleep 0.05; done; done");
        TestHost.Eventually(
            "it gives up", () => host.DaemonLog.Contains("was put back 3 times within a minute", StringComparison.Ordinal));
        other.Kill(entireProcessTree: true);
        other.WaitForExit();

        // It has seen the link up after each time but the last. The daemon tells of one only where the link is still up when it looks
        // again, and one mending may put it back at each of its looks.
        Assert.InRange(other.StandardOutput.ReadToEnd().Split('\n').Length - 1, 1 + 3, 1 + (3 * 5));
        Assert.InRange(host.DaemonLog.Split(PutBack).Length - 1, 0, 3);
        ReliabilityPage.Tell(Section, "`ip link set $veth down` again and again", "put back three times in a minute; then the log says so");
        Output doctor = host.Netctl("doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Equal(0, host.Netctl("doctor", "--fix").ExitCode);
    }

    [KernelFact]
    public void What_the_daemon_does_itself_is_no_drift()
    {
        using TestHost host = WithContainer();
        host.NetctlOk("network", "create", "back");
        host.NetctlOk("network", "connect", "back", "web");
        host.NetctlOk("restart", "-t", "0", "web");
        host.NetctlOk("network", "disconnect", "front", "web");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "front", "back");

        // What comes last is found last.
        host.NetctlOk("network", "create", "last");
        host.Shell("ip link delete $(ip -br link show type bridge group 28515 up | grep -o '^br-[0-9a-f]*' | tail -n 1)");
        TestHost.Eventually("it is put back", () => host.DaemonLog.Contains(PutBack, StringComparison.Ordinal));
        Assert.Equal(1, host.DaemonLog.Split(PutBack).Length - 1);
    }

    [KernelFact]
    public void With_mend_drift_off_it_is_left_to_the_doctor()
    {
        using TestHost host = WithContainer(TestHost.MendsNothing);
        Break(host, "ip link set $veth down");
        host.NetctlOk("run", "--rm", "--network", "front", "sleep", "1");
        Assert.Equal(1, host.Netctl("doctor").ExitCode);
        Assert.Equal(0, host.Netctl("doctor", "--fix").ExitCode);
        Assert.DoesNotContain(PutBack, host.DaemonLog, StringComparison.Ordinal);
    }

    private const string Names =
        """
        veth=$(ip -br link show type veth | grep -o '^veth[0-9a-f]*')
        bridge=$(ip -br address | sed -n 's/ .* 10\.70\.0\.1\/24.*//p')
        """;

    private static TestHost WithContainer(params string[] flags)
    {
        TestHost host = TestHost.Create();
        host.StartDaemon(flags);
        host.NetctlOk("network", "create", "--subnet", "10.70.0.0/24", "--ipv6", "--subnet", "fd00:70::/64", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        return host;
    }

    [KernelTheory]
    [InlineData("ip -n web route delete default")]
    [InlineData("ip -n web address flush dev eth0")]
    public void In_a_container_that_was_there_before_the_daemon_it_is_put_back_too(string fault)
    {
        using TestHost host = WithContainer();
        host.KillDaemon();
        host.StartDaemon();
        string before = StateOf(host);
        Break(host, fault);
        TestHost.Eventually(
            "it is put back", () => host.DaemonLog.Contains(PutBack, StringComparison.Ordinal) && StateOf(host) == before);
    }

    [KernelFact]
    public void What_an_administrator_adds_on_a_bridge_stays()
    {
        using TestHost host = WithContainer();
        Break(host, "ip address add 10.99.0.254/24 dev $bridge; ip address flush dev $bridge to 10.70.0.1");
        TestHost.Eventually("it is put back", () => host.DaemonLog.Contains(PutBack, StringComparison.Ordinal));
        Assert.Contains("10.99.0.254/24", host.Shell("ip address"), StringComparison.Ordinal);
    }

    [KernelTheory]
    [InlineData("ip -n web link set eth0 name wan0", "web")]
    [InlineData("ip netns add inner; ip -n web link set eth0 netns inner", "inner")]
    public void An_interface_that_its_container_has_renamed_or_moved_stays_and_the_log_says_so(string fault, string where)
    {
        using TestHost host = WithContainer();
        string index = host.NetctlOk("exec", "web", "cat", "/sys/class/net/eth0/iflink");
        Break(host, fault);
        TestHost.Eventually("it is told", () => host.DaemonLog.Contains("renamed its end or moved it", StringComparison.Ordinal));
        ReliabilityPage.Tell(Section, $"`{fault}`", "left to the container; the log says so");
        Assert.Contains($"@if{index}:", host.Shell($"ip -n {where} link show type veth"), StringComparison.Ordinal);
        Assert.DoesNotContain(PutBack, host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public void What_a_container_does_with_links_of_its_own_is_no_drift()
    {
        using TestHost host = WithContainer();
        host.Shell(
            """
            for i in 1 2 3; do
                ip -n web link add own type bridge; ip -n web address add 10.9.0.1/24 dev own; ip -n web link set own up
                ip -n web address flush dev own; ip -n web link delete own
            done
            ip -n web link set eth0 down
            """);
        TestHost.Eventually("the down link is told", () => host.DaemonLog.Contains("link eth0 of web is down", StringComparison.Ordinal));
        ReliabilityPage.Tell(Section, "`ip -n web link set eth0 down`", "left to the container; the log says so");
        Assert.DoesNotContain(PutBack, host.DaemonLog, StringComparison.Ordinal);
    }

    private static void Break(TestHost host, string fault) =>
        host.Shell($"{Names}\nfiles=$(dirname \"$(find {host.ExecRoot}/containers -name hosts)\")\n{fault}");

    // Without what the kernel gives a link by itself: its index, and an address of its own.
    private static string StateOf(TestHost host)
    {
        string files = host.Shell($"cat {host.ExecRoot}/containers/*/* 2>/dev/null | sort || true");
        IEnumerable<string> lines = KernelState.Of(host).Split('\n')
            .Where(line => !(line.Contains(" dev ", StringComparison.Ordinal) && line.Contains("fe80", StringComparison.Ordinal)))
            .Select(line => Regex.Replace(line, "@if[0-9]+| *fe80[^ ]*", ""));
        string inside = host.Shell("ip -n web -br address | grep -v '^lo'; ip -n web route; ip -n web -6 route show default");
        return string.Join('\n', lines) + files + Regex.Replace(inside, "@if[0-9]+| *fe80[^ ]*/64", "");
    }
}
