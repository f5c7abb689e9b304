using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The kernel settings of a container's network stack, as Docker has them.</summary>
public sealed class SandboxSettingTests
{
    [KernelFact]
    public void A_program_without_root_may_bind_low_ports_and_ping()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "app", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "alone", "--network", "none", "sleep", "1000");

        foreach (string container in (string[])["app", "alone"])
        {
            Assert.Equal("0", host.Shell($"ip netns exec {container} cat /proc/sys/net/ipv4/ip_unprivileged_port_start"));
            Assert.Equal("0\t2147483647", host.Shell($"ip netns exec {container} cat /proc/sys/net/ipv4/ping_group_range"));
        }

        // By a socket of somebody without a privilege; and the host's own setting is as it was.
        const string Bind =
            "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all "
                + "/usr/bin/python3 -c 'import socket; socket.socket().bind((\"0.0.0.0\", 80)); "
                + "socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)'";
        host.Shell($"ip netns exec app {Bind}");
        Assert.Contains("PermissionError", host.Run("sh", "-c", Bind).StandardError, StringComparison.Ordinal);

        // A setting that the container has changed is found, and set again on demand.
        host.Shell("ip netns exec app sysctl -qw net.ipv4.ip_unprivileged_port_start=1024");
        Assert.Contains("ip_unprivileged_port_start: it is 1024", host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
        host.NetctlOk("doctor", "--fix");
        Assert.Equal("0", host.Shell("ip netns exec app cat /proc/sys/net/ipv4/ip_unprivileged_port_start"));
    }

    [KernelFact]
    public void A_command_for_a_container_that_has_ended_is_refused_with_what_can_be_done()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "--name", "done", "true");

        Output output = host.Netctl("exec", "done", "true");

        Assert.Equal(1, output.ExitCode);
        Assert.Equal(
            "Error response from daemon: container done is not running; start it first\n", output.StandardError);
        Assert.Equal("done", host.NetctlOk("start", "done"));
        Assert.Equal("0", host.NetctlOk("wait", "done"));
    }
}
