using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A published port is the daemon's: no other program takes it, also after a restart, until it is given back.</summary>
public sealed class HeldPortTests
{
    [KernelFact]
    public void No_other_program_takes_a_published_port_until_it_is_given_back()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "-p", "5353:53/udp", "sleep", "1000");
        AssertHeld(host);

        host.KillDaemon();
        host.StartDaemon();
        AssertHeld(host);

        host.NetctlOk("rm", "-f", "web");
        Assert.Equal(0, Bind(host, "SOCK_STREAM", 8080));
        Assert.Equal(0, Bind(host, "SOCK_DGRAM", 5353));
    }

    [KernelFact]
    public void A_port_moves_from_all_addresses_to_one_when_the_network_that_carries_it_goes()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.host_binding_ipv4=127.0.0.1", "narrow");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("network", "connect", "narrow", "web");

        host.NetctlOk("network", "disconnect", "bridge", "web");

        Assert.Equal("80/tcp -> 127.0.0.1:8080", host.NetctlOk("port", "web"));
        Assert.Contains(" 127.0.0.1:8080 ", host.Shell("ss -Hltn 'sport = :8080'"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_network_s_binding_may_be_one_IPv6_address_or_all_of_them()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.Shell("ip address add 2001:db8:5::1/64 dev lan nodad; ip address add 2001:db8:5::2/64 dev lan nodad; mkdir -p " + host.Root
            + "/www; echo page >" + host.Root + "/www/index.html");
        (string Name, string Binding, bool IPv6)[] networks =
            [("all6", "::", true), ("all4", "::", false), ("one6", "2001:db8:5::1", true), ("one4", "2001:db8:5::1", false)];
        for (int i = 0; i < networks.Length; i++)
        {
            (string name, string binding, bool ipv6) = networks[i];
            int port = 8080 + i;
            host.NetctlOk(
                ["network", "create", "-o", $"com.docker.network.bridge.host_binding_ipv4={binding}", .. ipv6 ? ["--ipv6"] : (string[])[],
                    name]);
            host.NetctlOk(
                "run", "-d", "--name", name, "--network", name, "-p", $"{port}:80", "busybox", "httpd", "-f", "-p", "[::]:80", "-h",
                $"{host.Root}/www");

            Assert.Equal($"80/tcp -> [{binding}]:{port}", host.NetctlOk("port", name));
            Assert.Equal([$"[{binding}]:{port}"], Listeners(host, port));
            TestHost.Eventually("the page comes", () => Curl(host, $"[2001:db8:5::1]:{port}") == 0);
            Assert.Equal(binding == "::" ? 0 : 7, Curl(host, $"[2001:db8:5::2]:{port}"));
            Assert.Equal(binding == "::" ? 0 : 7, Curl(host, $"[::1]:{port}"));
            Assert.Equal(7, Curl(host, $"127.0.0.1:{port}"));
            Assert.Equal(7, Curl(host, $"192.0.2.1:{port}"));
        }

        host.DoctorIsContentAtOnce();
    }

    private static string[] Listeners(TestHost host, int port) =>
    [
        .. host.Shell($"ss -Hltn 'sport = :{port}'").Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]),
    ];

    // curl's exit code: 0 for a page, 7 for a refused connection.
    private static int Curl(TestHost host, string address) => host.Run("curl", "-sfg", "-m", "5", $"http://{address}/").ExitCode;

    [KernelFact]
    public void Ports_and_connections_leave_the_daemon_the_descriptors_that_it_needs()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk(
            "run",
            "-d",
            "--name",
            "web",
            "-p",
            "8080:80",
            "python3",
            "-c",
            "import socket; s = socket.create_server(('', 80), backlog=1000); print('ready', flush=True)\nopen = []\nwhile True: " +
            "open.append(s.accept())");
        TestHost.Eventually("the server listens", () => host.NetctlOk("logs", "web") == "ready");
        host.Shell($"prlimit --pid {host.DaemonId} --nofile=600:600");

        using Process clients = host.Start("python3", "-c",
            "import socket, time\nopen = []\nfor i in range(500):\n    s = socket.socket(socket.AF_INET6); s.settimeout(5); " +
            "s.connect_ex(('::1', 8080)); open.append(s)\nprint('ready', flush=True); time.sleep(1000)");
        Assert.Equal("ready", clients.StandardOutput.ReadLine());
        Output refused = host.Netctl("publish", "web", "10000-10999:10000-10999");
        Assert.Contains(
            "the daemon may have 600 files open and needs the last 150 for its work; publish fewer ports",
            refused.StandardError,
            StringComparison.Ordinal);
        Assert.Equal("web", host.NetctlOk("ps", "--format", "{{.Names}}"));
        host.NetctlOk("run", "--rm", "true");

        clients.Kill();
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("run", "-d", "--name", "next", "sleep", "1000");
        TestHost.Eventually(
            "connections have given their descriptors back", () => host.Netctl("publish", "next", "10000-10049:10000-10049").ExitCode == 0);
    }

    private static void AssertHeld(TestHost host)
    {
        Assert.NotEqual(0, Bind(host, "SOCK_STREAM", 8080));
        Assert.NotEqual(0, Bind(host, "SOCK_DGRAM", 5353));
        Assert.Contains("netctl", host.Shell("ss -Hltnp 'sport = :8080'"), StringComparison.Ordinal);
        Assert.Contains("netctl", host.Shell("ss -Hlunp 'sport = :5353'"), StringComparison.Ordinal);
    }

    // As most servers do it, with SO_REUSEADDR.
    private static int Bind(TestHost host, string type, int port) => host.Run("python3", "-c", string.Create(
        CultureInfo.InvariantCulture,
        $"""
         import socket
         s = socket.socket(socket.AF_INET, socket.{type}); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
         s.bind(('0.0.0.0', {port}))
         if '{type}' == 'SOCK_STREAM': s.listen()
         """)).ExitCode;
}
