using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Bad input gets one sentence with object, cause and remedy, and changes nothing.</summary>
public sealed class BadInputTests
{
    [KernelFact]
    public void Every_bad_request_is_refused_in_one_sentence_and_changes_nothing()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--subnet", "10.9.0.0/29", "--gateway", "10.9.0.1", "small");
        for (int i = 2; i <= 6; i++)
        {
            host.NetctlOk("create", "--name", $"c{i}", "--network", "small");
        }

        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        using System.Diagnostics.Process other = host.Start("python3", "-c",
            "import socket,time; s=socket.socket(); s.bind(('0.0.0.0', 8181)); s.listen(); print('ready', flush=True); time.sleep(1000)");
        Assert.Equal("ready", other.StandardOutput.ReadLine());
        string before = KernelState.Of(host);
        string id = new('a', 64);

        Refused(host, 1, ["nowhere", "network ls"], "network", "inspect", "nowhere");
        Refused(host, 1, ["nowhere"], "network", "rm", "nowhere");
        Refused(host, 125, ["nowhere"], "run", "--network", "nowhere", "true");
        Refused(host, 1, ["nobody", "ps -a"], "stop", "nobody");
        Refused(host, 1, ["nobody"], "network", "connect", "small", "nobody");
        Refused(host, 1, ["small", "exists"], "network", "create", "small");
        Refused(host, 125, ["web", "already in use"], "run", "--name", "web", "true");
        foreach (string bad in new[] { "a b", new string('x', 200), "../x", id })
        {
            Refused(host, 1, ["name"], "network", "create", bad);
            Refused(host, 125, ["name"], "run", "--name", bad, "true");
        }

        Refused(host, 1, ["-x"], "network", "create", "-x");
        Refused(host, 1, ["10.8.0.1/24", "10.8.0.0/24"], "network", "create", "--subnet", "10.8.0.1/24", "n");
        Refused(host, 1, ["10.9.0.0/28", "small"], "network", "create", "--subnet", "10.9.0.0/28", "n");
        Refused(host, 1, ["fe80::/64", "link-local"], "network", "create", "--ipv6", "--subnet", "fe80::/64", "n");
        Refused(host, 1, ["192.0.2.0/25", "which the host is on"], "network", "create", "--subnet", "192.0.2.0/25", "n");
        Refused(host, 1, ["10.9.0.0/29"], "create", "--name", "full", "--network", "small");
        Refused(host, 1, ["10.1.1.1"], "network", "connect", "--ip", "10.1.1.1", "small", "web");
        Refused(host, 1, ["10.9.0.2"], "network", "connect", "--ip", "10.9.0.2", "small", "web");
        Refused(host, 1, ["10.1", "not an IP address"], "network", "connect", "--ip", "10.1", "small", "web");
        Refused(host, 125, ["8080", "web"], "run", "-p", "8080:80", "true");
        Refused(host, 125, ["8181", "python3"], "run", "-p", "8181:80", "true");
        Refused(host, 125, ["0"], "run", "-p", "8080:0", "true");
        Refused(host, 125, ["70000"], "run", "-p", "70000:80", "true");
        Refused(host, 125, ["80-81", "80-82"], "run", "-p", "80-81:80-82", "true");
        Refused(host, 125, ["198.51.100.7"], "run", "-p", "198.51.100.7:8282:80", "true");
        Refused(host, 125, ["8305"], "run", "-p", "8300-8310:8300-8310", "-p", "8305:80", "true");
        Refused(host, 125, ["icmp"], "run", "-p", "8282:80/icmp", "true");
        Refused(host, 125, ["80x"], "run", "--expose", "80x", "true");
        Refused(host, 1, ["9999"], "unpublish", "web", "9999:80");
        Refused(host, 125, ["environment variable"], "run", "-e", "=x", "true");
        Refused(host, 127, ["no-such-program", "install"], "run", "no-such-program");
        Refused(host, 1, ["--nonsense"], "network", "create", "--nonsense", "n");
        Refused(host, 125, ["could not get container for nobody"], "run", "--link", "nobody", "true");
        Refused(host, 125, ["web:a b", "alias"], "run", "--link", "web:a b", "true");
        Refused(host, 125, ["used with links"], "run", "--network", "host", "--link", "web", "true");
        Refused(host, 1, ["no link db"], "rm", "--link", "web/db");
        Refused(host, 1, ["default link name"], "rm", "--link", "web");
        Refused(host, 1, ["bridge", "pre-defined"], "network", "rm", "bridge");
        Refused(host, 1, ["small", "active endpoints"], "network", "rm", "small");

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal(6, host.NetctlOk("ps", "-aq").Split('\n').Length);
        other.Kill();
    }

    [KernelFact]
    public void A_daemon_that_does_not_run_and_a_second_one_are_told_in_one_sentence()
    {
        using TestHost host = TestHost.Create();
        Output absent = host.Netctl("ps");
        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("netctl daemon", absent.StandardError, StringComparison.Ordinal);
        Assert.Contains(host.Socket, absent.StandardError, StringComparison.Ordinal);
        host.StartDaemon();

        Output second = host.RunDaemonToItsEnd();
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("running already", second.StandardError, StringComparison.Ordinal);
        string elsewhere = Path.Combine(host.Root, "second");
        Output sameNamespace = host.Run(
            "sh", "-c", $"exec \"$NETCTL\" daemon --data-root {elsewhere}/data --exec-root {elsewhere}/run --host unix://{elsewhere}/s");
        Assert.Equal(1, sameNamespace.ExitCode);
        Assert.Contains("namespace", sameNamespace.StandardError, StringComparison.Ordinal);

        host.NetctlOk("version");
    }

    [KernelFact]
    public void A_program_without_the_library_that_belongs_beside_it_says_so_in_one_sentence()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir {host.Root}/alone; cp \"$NETCTL\" {host.Root}/alone/netctl");

        Output output = host.Run(
            $"{host.Root}/alone/netctl", "daemon", "--data-root", $"{host.Root}/data", "--exec-root", $"{host.Root}/run", "--host",
            $"unix://{host.Socket}");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("e_sqlite3", output.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Without_permission_the_socket_and_the_remedy_are_named()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.Shell($"chmod 755 {host.Root}");

        Output denied = host.Run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", "exec \"$NETCTL\" ps");

        Assert.Equal(1, denied.ExitCode);
        Assert.Contains("permission denied", denied.StandardError, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(host.Socket, denied.StandardError, StringComparison.Ordinal);
    }

    private static void Refused(TestHost host, int exitCode, string[] words, params string[] command)
    {
        Output output = host.Netctl(command);
        string what = $"netctl {string.Join(' ', command)}: {output}";
        Assert.True(output.ExitCode == exitCode, what);
        Assert.All(
            words, word => Assert.True(output.StandardError.Contains(word, StringComparison.Ordinal), $"\"{word}\" is missing: {what}"));
        Assert.DoesNotContain("   at ", output.StandardError, StringComparison.Ordinal);
    }
}
