using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>An address of several machines, of a multicast group or the broadcast address of a subnet that the host is on, is no host
/// address for ports or for masquerading.</summary>
public sealed class SharedAddressTests
{
    /// <summary>The broadcast addresses of the host's link, of the default bridge and of a loopback subnet are among them.</summary>
    private static readonly string[] Addresses =
        ["224.0.0.1", "239.255.255.250", "255.255.255.255", "[ff02::1]", "192.0.2.255", "172.17.255.255", "127.255.255.255"];

    [KernelFact]
    public void No_port_is_published_on_one()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--bip", "172.17.0.1/16");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("run", "--name", "made", "true");
        string before = KernelState.Of(host);
        foreach (string address in Addresses)
        {
            string cause = $"cannot be published on {address}: it is ";
            string port = $"{address}:81:80";
            Refused(host, 125, cause, "run", "-p", port, "true");
            Refused(host, 125, cause, "run", "--network", "host", "-p", port, "true");
            Refused(host, 1, cause, "create", "-p", port);
            Refused(host, 1, cause, "create", "-p", $"{address}::80");
            Refused(host, 1, cause, "create", "-p", $"{address}::80/udp");
            Refused(host, 1, cause, "publish", "web", port);
            Refused(host, 1, cause, "publish", "made", port);
            Refused(host, 1, cause, "publish", "made", $"{address}::80");
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal(["made", "web"], host.NetctlOk("ps", "-a", "--format", "{{.Names}}").Split('\n').Order());
    }

    [KernelFact]
    public void No_network_publishes_on_one_or_has_it_as_the_source_of_what_leaves()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--bip", "172.17.0.1/16");
        string before = KernelState.Of(host);
        foreach (string option in new[] { "com.docker.network.host_ipv4", "com.docker.network.bridge.host_binding_ipv4" })
        {
            foreach (string address in Addresses.Where(address => address[0] != '[').Append("10.70.0.255"))
            {
                Refused(
                    host, 1, $"network \"n\": the bridge driver cannot take the option {option}={address}: ", "network", "create",
                    "--subnet", "10.70.0.0/24", "-o", $"{option}={address}", "n");
            }
        }

        foreach (string address in new[] { "ff02::1", "fe80::1" })
        {
            string option = $"com.docker.network.bridge.host_binding_ipv4={address}";
            Refused(host, 1, $"cannot take the option {option}: ", "network", "create", "-o", option, "n");
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal(["bridge", "host", "none"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n').Order());

        // Beside its subnet's broadcast address every other one is any host's.
        host.NetctlOk("network", "create", "-o", "com.docker.network.host_ipv4=192.0.2.254", "n");
    }

    [KernelFact]
    public void The_daemon_does_not_start_with_one_for_the_ports_of_the_default_bridge()
    {
        using TestHost host = TestHost.Create();
        foreach (string address in new[] { "224.0.0.1", "255.255.255.255", "ff02::1", "fe80::1", "192.0.2.255" })
        {
            Output refused = host.RunDaemonToItsEnd("--ip", address);
            Assert.Equal(1, refused.ExitCode);
            string sentence = refused.StandardError.TrimEnd('\n').Split('\n')[^1];
            Assert.Contains(address, sentence, StringComparison.Ordinal);
            Assert.Contains(" address of this host", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.StandardError, StringComparison.Ordinal);
            Assert.Equal("[]", host.Shell("ip -j link show type bridge | sed 's/{}//g'"));
        }

        host.StartDaemon();
    }

    private static void Refused(TestHost host, int exitCode, string words, params string[] command)
    {
        Output output = host.Netctl(command);
        string what = $"netctl {string.Join(' ', command)}: {output}";
        Assert.True(output.ExitCode == exitCode, what);
        Assert.True(output.StandardError.Contains(words, StringComparison.Ordinal), $"\"{words}\" is missing: {what}");
        Assert.DoesNotContain("   at ", output.StandardError, StringComparison.Ordinal);
    }
}
