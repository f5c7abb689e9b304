using System.Diagnostics;
using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Ports that come and go while a container runs, seen from a machine outside.</summary>
public sealed class PublishTests
{
    [KernelFact]
    public void A_port_comes_and_goes_while_another_keeps_its_connection_with_iptables() => ComeAndGo("iptables");

    [KernelFact]
    public void A_port_comes_and_goes_while_another_keeps_its_connection_with_nftables() => ComeAndGo("nftables");

    [KernelFact]
    public void Part_of_a_range_goes_and_the_rest_stays_where_it_was_with_iptables() => PartOfARange("iptables");

    [KernelFact]
    public void Part_of_a_range_goes_and_the_rest_stays_where_it_was_with_nftables() => PartOfARange("nftables");

    [KernelFact]
    public void Exposed_ports_are_published_from_the_daemons_range_and_listed_as_dockers()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--port-range", "49000-49900");
        host.NetctlOk("run", "-d", "--name", "web", "-P", "--expose", "80", "--expose", "3000-3001/udp", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "quiet", "--expose", "80-81", "sleep", "1000");

        JsonElement web = Inspect(host, "web");
        Assert.True(web.GetProperty("HostConfig").GetProperty("PublishAllPorts").GetBoolean());
        Assert.Equal(["3000/udp", "3001/udp", "80/tcp"], Keys(web.GetProperty("Config").GetProperty("ExposedPorts")));
        JsonElement ports = web.GetProperty("NetworkSettings").GetProperty("Ports");
        Assert.Equal(["3000/udp", "3001/udp", "80/tcp"], Keys(ports));
        Assert.All(ports.EnumerateObject().SelectMany(p => p.Value.EnumerateArray()), b => Assert.InRange(HostPort(b), 49000, 49900));

        Assert.Equal(
            JsonValueKind.Null, Inspect(host, "quiet").GetProperty("NetworkSettings").GetProperty("Ports").GetProperty("80/tcp").ValueKind);
        Assert.Contains("quiet 80-81/tcp\n", host.NetctlOk("ps", "--format", "{{.Names}} {{.Ports}}") + "\n", StringComparison.Ordinal);
        Assert.Equal("", host.NetctlOk("port", "quiet"));

        // One that was picked keeps its number when another comes.
        string before = host.NetctlOk("port", "web", "80");
        host.NetctlOk("publish", "web", "443");
        Assert.Equal(before, host.NetctlOk("port", "web", "80"));
        Assert.Contains("443/tcp -> 0.0.0.0:49", host.NetctlOk("port", "web"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void What_a_port_has_carried_is_counted_and_told()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        Serve(host, "web", 80, "--network", "front", "-p", "8080:80");
        Assert.Equal("hello\n", Fetch(host, 8080));

        JsonElement network = JsonDocument.Parse(host.NetctlOk("network", "inspect", "-v", "front")).RootElement[0];
        JsonElement counted =
            network.GetProperty("PublishedPorts").EnumerateArray().Single(p => p.GetProperty("HostIp").GetString() == "0.0.0.0");
        Assert.Equal(
            ("web", "8080", "80", "tcp"),
            (Text(counted, "Container"), Text(counted, "HostPort"), Text(counted, "ContainerPort"), Text(counted, "Protocol")));
        Assert.InRange(counted.GetProperty("Packets").GetInt64(), 1, 10);
        Assert.InRange(counted.GetProperty("Bytes").GetInt64(), 40, 1000);
        Assert.DoesNotContain("PublishedPorts", host.NetctlOk("network", "inspect", "front"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void What_cannot_be_published_or_taken_back_changes_nothing()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "other", "-p", "9090:90", "sleep", "1000");
        using Process thief = Listen(host, 8181);
        string before = KernelState.Of(host);

        Refused(host, "other", "publish", "web", "9090:80");
        Refused(host, $"pid {thief.Id}", "publish", "web", "8443:443", "8181:81");
        Refused(host, "has not published 81/tcp", "unpublish", "web", "80", "81");
        Refused(host, "8081:80/tcp", "unpublish", "web", "8081:80");
        Refused(host, "invalid containerPort", "publish", "web", "0x50");
        Refused(host, "nobody", "publish", "nobody", "80");
        host.NetctlOk("--dry-run", "publish", "web", "8443:443");
        host.NetctlOk("--dry-run", "unpublish", "web", "80");

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal("80/tcp -> 0.0.0.0:8080", host.NetctlOk("port", "web").Split('\n')[0]);
        thief.Kill();
    }

    private static void ComeAndGo(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        Serve(host, "web", 80, "-p", "8080:80");
        host.NetctlOk("exec", "-d", "web", "busybox", "httpd", "-p", "443", "-h", Path.Combine(host.Root, "www"));
        string before = KernelState.Of(host);
        using Process open = Connect(host, 8080);

        Assert.StartsWith("443/tcp -> 0.0.0.0:8443", host.NetctlOk("publish", "web", "8443:443"), StringComparison.Ordinal);
        Assert.Equal("hello\n", Fetch(host, 8443));
        host.NetctlOk("unpublish", "web", "8443:443");
        Assert.NotEqual(0, host.Outside("curl", "-s", "--max-time", "1", $"http://{TestHost.Address}:8443/").ExitCode);
        Assert.Equal(before, KernelState.Of(host));

        // The connection of before is the same one still.
        open.StandardInput.Write("GET / HTTP/1.0\r\n\r\n");
        open.StandardInput.Flush();
        Assert.Contains("hello", open.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        open.WaitForExit();
    }

    private static void PartOfARange(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        Serve(host, "web", 84, "-p", "8000-8010:80-90");
        host.NetctlOk("exec", "-d", "web", "busybox", "httpd", "-p", "86", "-h", Path.Combine(host.Root, "www"));
        Assert.StartsWith("0.0.0.0:8000-8010->80-90/tcp", host.NetctlOk("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);
        Assert.Equal(11, Inspect(host, "web").GetProperty("NetworkSettings").GetProperty("Ports").EnumerateObject().Count());
        Assert.Equal(11, Inspect(host, "web").GetProperty("HostConfig").GetProperty("PortBindings").EnumerateObject().Count());
        Assert.Equal("hello\n", Fetch(host, 8004));

        host.NetctlOk("unpublish", "web", "8005:85");

        Assert.Equal("hello\n", Fetch(host, 8004));
        Assert.Equal("hello\n", Fetch(host, 8006));
        Assert.StartsWith("0.0.0.0:8000-8004->80-84/tcp", host.NetctlOk("ps", "--format", "{{.Ports}}"), StringComparison.Ordinal);
        Serve(host, "other", 80, "-p", "8005:80");
        Assert.Equal("hello\n", Fetch(host, 8005));
    }

    private static void Serve(TestHost host, string name, int port, params string[] options)
    {
        string www = Path.Combine(host.Root, "www");
        Directory.CreateDirectory(www);
        File.WriteAllText(Path.Combine(www, "index.html"), "hello\n");
        host.NetctlOk(["run", "-d", "--name", name, .. options, "busybox", "httpd", "-f", "-p", $"{port}", "-h", www]);
        TestHost.Eventually(
            "the server answers", () => host.Netctl("exec", name, "curl", "-sf", $"http://127.0.0.1:{port}/").ExitCode == 0);
    }

    private static string Fetch(TestHost host, int port) =>
        host.Outside("curl", "-sf", "--max-time", "5", $"http://{TestHost.Address}:{port}/").StandardOutput;

    // A connection that has sent nothing yet.
    private static Process Connect(TestHost host, int port)
    {
        Process client = host.Start("ip", "netns", "exec", "outside", "python3", "-c",
            $"""
             import socket, sys
             s = socket.create_connection(('{TestHost.Address}', {port})); print('ready', flush=True)
             s.sendall(sys.stdin.buffer.read(18))
             while True:
                 data = s.recv(4096)
                 if not data: break
                 sys.stdout.write(data.decode())
             """);
        Assert.Equal("ready", client.StandardOutput.ReadLine());
        return client;
    }

    private static Process Listen(TestHost host, int port)
    {
        Process listener = host.Start("python3", "-c",
            $"import socket,time; s=socket.socket(); s.bind(('0.0.0.0', {port})); s.listen(); print('ready', flush=True); " +
            "time.sleep(1000)");
        Assert.Equal("ready", listener.StandardOutput.ReadLine());
        return listener;
    }

    private static void Refused(TestHost host, string words, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        Assert.Single(output.StandardError.TrimEnd('\n').Split('\n'));
    }

    private static JsonElement Inspect(TestHost host, string container) =>
        JsonDocument.Parse(host.NetctlOk("inspect", container)).RootElement[0];

    private static IEnumerable<string> Keys(JsonElement map) => map.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);

    private static int HostPort(JsonElement binding) => int.Parse(binding.GetProperty("HostPort").GetString()!);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
