using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Compose;

/// <summary>Projects of Compose files, brought up by the real program. Witnesses are the commands inside, <c>ip</c>, <c>dig</c> and
/// neighbours outside.</summary>
public sealed class ComposeTests
{
    private const string Shop =
        """
        services:
          web:
            image: nginx
            command: busybox httpd -f -p 80 -h /
            ports: ["8080:80"]
            networks: [front, back]
            depends_on: [db]
          db:
            command: ["python3", "-m", "http.server", "5432"]
            networks:
              back: {aliases: [store], ipv4_address: 10.77.0.9}
          tool:
            networks: [back]
        networks:
          front:
          back:
            internal: true
            ipam: {config: [{subnet: 10.77.0.0/24}]}
        """;

    [KernelFact]
    public void A_project_comes_up_reaches_itself_and_goes_without_a_trace()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = host.Shell("ip -j link; ip -j route; ls /sys/class/net");
        string file = Write(host, Shop);
        Output up = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.True(up.ExitCode == 0, up.StandardError);
        Assert.Contains("WARNING: ", up.StandardError, StringComparison.Ordinal);
        Assert.Contains(
            "ignored: image (netctl has no images, volumes or resource limits)\n", up.StandardError, StringComparison.Ordinal);
        Assert.Contains(" Network shop_front  Created\n", up.StandardError, StringComparison.Ordinal);
        Assert.Contains(" Container shop-tool-1  Started (no process)\n", up.StandardError, StringComparison.Ordinal);

        Assert.Equal("10.77.0.9", host.Dig("shop-web-1", "store"));
        Assert.Equal("10.77.0.9", host.Dig("shop-tool-1", "db"));
        Assert.Contains("10.77.0.9/24", host.NetctlOk("exec", "shop-db-1", "ip", "-br", "address"), StringComparison.Ordinal);
        TestHost.Eventually("the published port answers", () =>
            host.Outside("curl", "-s", "-o", "/dev/null", $"http://{TestHost.Address}:8080/etc/hostname").ExitCode == 0);
        TestHost.Eventually("a neighbour answers", () =>
            host.Netctl("exec", "shop-tool-1", "nc", "-z", "store", "5432").ExitCode == 0);

        string[] listed = host.NetctlOk("compose", "-f", file, "-p", "shop", "ps").Split('\n');
        Assert.Equal(4, listed.Length);
        Assert.Contains(
            "(no process)", listed.Single(line => line.StartsWith("shop-tool-1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("0.0.0.0:8080", host.NetctlOk("compose", "-f", file, "-p", "shop", "port", "web", "80"));

        Output down = host.Netctl("compose", "-p", "shop", "down", "-t", "0");
        Assert.True(down.ExitCode == 0, down.StandardError);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        TestHost.Eventually("nothing is left", () => host.Shell("ip -j link; ip -j route; ls /sys/class/net") == before);
        host.DoctorIsContent();
    }

    [KernelFact]
    public void On_a_terminal_there_is_a_bar_that_is_full_at_the_end()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(host, Shop);
        foreach ((string work, string state) in new[] { ("up -d", "Started"), ("up -d", "Running"), ("down -t 0", "Removed") })
        {
            string seen = host.Shell($"TERM=xterm script -qec \"$NETCTL compose -f {file} -p shop {work}\" /dev/null");
            string last = seen[seen.LastIndexOf('%')..];
            Assert.Matches(@"(?s)/(\d+) .*100%.*Container shop-db-1  " + state, seen);
            Assert.Contains($"Container shop-db-1  {state}", last, StringComparison.Ordinal);
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void Up_twice_changes_only_what_has_changed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(host, Shop);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Dictionary<string, string> first = Ids(host);
        Output again = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("Creat", again.StandardError, StringComparison.Ordinal);
        Assert.Equal(first, Ids(host));

        Write(host, Shop.Replace("8080:80", "8081:80", StringComparison.Ordinal));
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Dictionary<string, string> second = Ids(host);
        Assert.NotEqual(first["shop-web-1"], second["shop-web-1"]);
        Assert.Equal(first["shop-db-1"], second["shop-db-1"]);
        Assert.Equal(first["shop-tool-1"], second["shop-tool-1"]);
        TestHost.Eventually("the new port answers", () =>
            host.Outside("curl", "-s", "-o", "/dev/null", $"http://{TestHost.Address}:8081/etc/hostname").ExitCode == 0);
        Assert.NotEqual(0, host.Outside("curl", "-s", "-o", "/dev/null", $"http://{TestHost.Address}:8080/").ExitCode);

        // A network that has changed takes its members with it, and no others.
        Write(host, Shop.Replace("10.77.0", "10.78.0", StringComparison.Ordinal));
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal("10.78.0.9", host.Dig("shop-web-1", "store"));
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d", "--scale", "tool=3");
        Assert.Equal(3, host.Dig("shop-web-1", "tool").Split('\n').Length);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Single(host.Dig("shop-web-1", "tool").Split('\n'));
    }

    [KernelFact]
    public void What_is_wrong_is_said_before_anything_is_made()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(host, "services:\n  web: {command: sleep 100, networks: [lan]}\nnetworks:\n  lan: {external: true}\n");
        Output up = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(1, up.ExitCode);
        Assert.Equal(
            $"netctl: {file}:4: networks.lan: the external network \"lan\" is not there: make it with \"netctl network create lan\", "
                + "or leave out external\n",
            up.StandardError);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.NetctlOk("network", "create", "lan");
        host.NetctlOk("create", "--name", "shop-web-1");
        Output taken = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("the container name \"shop-web-1\" is in use", taken.StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "shop-web-1");
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        host.NetctlOk("compose", "-f", file, "-p", "shop", "down", "-t", "0");
        Assert.Contains("lan", host.NetctlOk("network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);

        Write(
            host,
            "services:\n  web: {command: sleep 100, ports: [\"8080:80\"]}\n  api: {command: sleep 100, ports: [\"127.0.0.1:8080:80\"]}\n");
        Assert.Equal(1, host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d").ExitCode);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));

        Write(host, "services:\n  web: {command: sleep 100}\n  api: {command: /no/such}\n");
        Output refused = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"netctl: {file}:", refused.StandardError.Split('\n')[^2], StringComparison.Ordinal);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "down", "-t", "0");
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void A_service_waits_until_those_it_depends_on_are_healthy_or_have_completed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string ready = Path.Combine(host.Root, "ready");
        string order = Path.Combine(host.Root, "order");
        string text =
            $$"""
            services:
              web:
                command: sh -c 'echo web >> {{order}}; exec sleep 1000'
                depends_on:
                  db: {condition: service_healthy}
                  job: {condition: service_completed_successfully}
              db:
                command: sh -c 'sleep 1; echo db >> {{order}}; touch {{ready}}; exec sleep 1000'
                healthcheck: {test: test -e {{ready}}, interval: 100ms, retries: 100}
              job: {command: sh -c 'sleep 1; echo job >> {{order}}'}
            """;
        string file = Write(host, text);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        TestHost.Eventually("web has written", () => File.ReadAllText(order).EndsWith("web\n", StringComparison.Ordinal));
        Assert.Equal(["db", "job", "web"], File.ReadAllLines(order).Order(StringComparer.Ordinal));
        Assert.Contains("(healthy)", host.NetctlOk("compose", "-f", file, "-p", "shop", "ps"), StringComparison.Ordinal);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "down", "-t", "0");

        Write(
            host, text.Replace("retries: 100", "retries: 1", StringComparison.Ordinal).Replace("touch", "true", StringComparison.Ordinal));
        File.Delete(ready);
        Output unhealthy = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(1, unhealthy.ExitCode);
        Assert.Contains(
            $"netctl: {file}:5: services.web: container shop-db-1 is unhealthy: see ", unhealthy.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("shop-web-1", host.NetctlOk("ps", "-a"), StringComparison.Ordinal);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "down", "-t", "0");

        Write(host, text.Replace("echo job", "exit 3; echo job", StringComparison.Ordinal));
        Output failed = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains(
            "container shop-job-1 did not complete successfully, it exited with 3", failed.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Up_makes_anew_what_has_lost_its_network()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(
            host,
            "services:\n  vpn: {command: sleep 1000}\n  web: {command: sleep 1000}\n"
                + "  app: {command: sleep 1000, network_mode: \"service:vpn\"}\n");
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        host.NetctlOk("stop", "-t", "0", "shop-vpn-1");
        host.NetctlOk("network", "disconnect", "shop_default", "shop-web-1");
        Dictionary<string, string> before = Ids(host);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(before["shop-vpn-1"], Ids(host)["shop-vpn-1"]);
        foreach (string container in (string[])["shop-app-1", "shop-web-1"])
        {
            Assert.Equal(0, host.Netctl("exec", container, "ping", "-c", "1", "-w", "10", "vpn").ExitCode);
        }

        host.NetctlOk("pause", "shop-web-1");
        Assert.Contains("(Paused)", host.NetctlOk("compose", "-f", file, "-p", "shop", "ps"), StringComparison.Ordinal);
        Output paused = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Equal(0, paused.ExitCode);
        Assert.DoesNotContain("Creat", paused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void What_gives_way_goes_before_what_takes_its_place()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        const string text =
            """
            services:
              one: {command: sleep 1000, ports: ["8080:80"], networks: {n: {ipv4_address: 10.77.0.9}}}
              two: {command: sleep 1000, ports: ["8081:80"], networks: {n: {ipv4_address: 10.77.0.8}}, depends_on: [one]}
            networks: {n: {ipam: {config: [{subnet: 10.77.0.0/24}]}}}
            """;
        string file = Write(host, text);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        string swapped = text.Replace("8080", "x", StringComparison.Ordinal).Replace("8081", "8080", StringComparison.Ordinal)
            .Replace("x:", "8081:", StringComparison.Ordinal).Replace("0.9", "0.x", StringComparison.Ordinal)
            .Replace("0.8", "0.9", StringComparison.Ordinal).Replace("0.x", "0.8", StringComparison.Ordinal);
        Write(host, swapped);
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Assert.Contains("10.77.0.8/24", host.NetctlOk("exec", "shop-one-1", "ip", "-br", "address"), StringComparison.Ordinal);
        Assert.Equal("0.0.0.0:8080", host.NetctlOk("compose", "-f", file, "-p", "shop", "port", "two", "80"));

        // A network that changes takes those with it that were not asked for, and makes them anew, too.
        Write(host, swapped.Replace("10.77.0", "10.78.0", StringComparison.Ordinal));
        host.NetctlOk("create", "--name", "guest", "--network", "shop_n");
        Output refused = host.Netctl("compose", "-f", file, "-p", "shop", "up", "-d", "one");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "networks.n: it has changed and has to be made anew, and guest is on it", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal(3, Ids(host).Count);
        host.NetctlOk("rm", "-f", "guest");
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d", "one");
        Assert.Contains("10.78.0.9/24", host.NetctlOk("exec", "shop-two-1", "ip", "-br", "address"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_reader_that_closes_ends_the_logs_that_it_read()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(
            host, "services:\n  one: {command: sh -c 'while echo x; do sleep 0.2; done'}\n  quiet: {command: sleep 1000}\n");
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        string netctl = $"{Environment.GetEnvironmentVariable("NETCTL_BINARY")} -H unix://{host.Socket} compose -f {file} -p shop";
        string code = Path.Combine(host.Root, "code");
        Assert.Equal("one-1    | x", host.Shell($"(timeout 20 {netctl} logs -f && echo 0 > {code} || echo $? > {code}) | head -n 1"));
        Assert.Equal("141\n", File.ReadAllText(code)); // as of any program whose reader has gone
    }

    [KernelFact]
    public void The_output_of_the_commands_has_their_names_before_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(
            host, "services:\n  one: {command: echo hello}\n  other: {scale: 2, command: sh -c 'echo dear; echo bad >&2'}\n");
        Output up = host.Netctl("compose", "-f", file, "-p", "shop", "up");
        Assert.Equal(0, up.ExitCode);
        Assert.Equal(
            ["one-1    | hello", "other-1  | dear", "other-2  | dear"],
            up.StandardOutput.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
        Assert.Contains("other-2  | bad\n", up.StandardError, StringComparison.Ordinal);
        Assert.Equal("one-1  | hello", host.NetctlOk("compose", "-f", file, "-p", "shop", "logs", "one"));
        Assert.Equal("hello", host.NetctlOk("compose", "-f", file, "-p", "shop", "logs", "--no-log-prefix", "one"));
    }

    [KernelFact]
    public void Printed_configuration_is_a_Compose_file_that_says_the_same()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string file = Write(host, Shop);
        string printed = host.NetctlOk("compose", "-f", file, "-p", "shop", "config");
        string copy = Path.Combine(host.Root, "copy.yaml");
        File.WriteAllText(copy, printed + "\n");
        Assert.Equal(printed, host.NetctlOk("compose", "-f", copy, "config"));
        using JsonDocument json = JsonDocument.Parse(host.NetctlOk("compose", "-f", file, "-p", "shop", "config", "--format", "json"));
        Assert.Equal(
            "10.77.0.9",
            json.RootElement.GetProperty("services").GetProperty("db").GetProperty("networks").GetProperty("back")
                .GetProperty("ipv4_address").GetString());
        host.NetctlOk("compose", "-f", file, "-p", "shop", "up", "-d");
        Output again = host.Netctl("compose", "-f", copy, "up", "-d");
        Assert.DoesNotContain("Creat", again.StandardError, StringComparison.Ordinal);
    }

    private static string Write(TestHost host, string text)
    {
        string file = Path.Combine(host.Root, "compose.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private static Dictionary<string, string> Ids(TestHost host) =>
        host.NetctlOk("ps", "-a", "--no-trunc", "--format", "{{.Names}} {{.ID}}").Split('\n')
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => parts[1]);
}
