using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>top</c> and <c>stats</c>, against /proc and <c>ip -s</c>.</summary>
public sealed class UsageTests
{
    [KernelFact]
    public void Top_lists_the_processes_of_the_container_alone_as_ps_shows_them()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", "setsid sleep 1000 & sleep 1001; :");
        host.NetctlOk("run", "-d", "--name", "other", "sleep", "1002");
        string main = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "c");
        TestHost.Eventually("all run", () => host.NetctlOk("top", "c").Split('\n').Length == 4);

        string[] lines = host.NetctlOk("top", "c").Split('\n');
        Assert.Equal(
            "UID                 PID                 PPID                C                   STIME               TTY                 "
                + "TIME                CMD",
            lines[0]);
        Assert.Equal(
            host.Shell($"for p in {main} $(pgrep -P {main}); do echo $p $(ps -o ppid=,args= -p $p); done | sort"),
            string.Join('\n', lines[1..]
                .Select(line => Regex.Split(line, "  +"))
                .Select(cells => $"{cells[1]} {cells[2]} {cells[7]}")
                .Order(StringComparer.Ordinal)));
        Assert.All(lines[1..], line => Assert.StartsWith("root ", line, StringComparison.Ordinal));
        Assert.Equal(
            host.Shell("pgrep -x -f 'sleep 1002'"),
            host.NetctlOk("top", "other", "-o", "pid,args").Split('\n')[1].Split(' ')[0]);

        Output refused = host.Netctl("top", "c", "--forest");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("ps option \"--forest\" is not known", refused.StandardError, StringComparison.Ordinal);
        host.NetctlOk("stop", "-t", "0", "c");
        Assert.Contains("is not running", host.Netctl("top", "c").StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Stats_are_of_the_processes_and_links_of_the_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        // 40 MiB that are written to, a thread beside, and a processor kept busy.
        host.NetctlOk("run", "-d", "--name", "busy", "--network", "net1", "python3", "-c",
            "import threading; m = bytearray(b'x' * (40 << 20)); threading.Thread(target=threading.Event().wait).start()\n"
                + $"open('{host.Root}/ready', 'w').close()\nwhile True: pass");
        TestHost.Eventually("it is busy", () => File.Exists(Path.Combine(host.Root, "ready")));
        host.NetctlOk("run", "-d", "--name", "idle", "--network", "container:busy", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "busy");
        string gateway = host.NetctlOk("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Gateway}}{{end}}", "net1");
        host.NetctlOk("exec", "busy", "ping", "-c", "3", "-i", "0.2", "-s", "1000", gateway);

        string[] busy = Stats(host, "busy");
        Assert.Matches(@"^\d+\.\d\d%$", busy[0]);
        long before = Ticks(host, process);
        long total = Json(host, "busy").GetProperty("cpu_stats").GetProperty("cpu_usage").GetProperty("total_usage").GetInt64();
        Assert.InRange(total, before * 10_000_000, Ticks(host, process) * 10_000_000); // nanoseconds
        Assert.Matches(@"^4\d\.\d+MiB / \d", busy[1]);
        Assert.Equal("2", busy[3]);
        string[] idle = Stats(host, "idle");
        Assert.Equal("1", idle[3]);

        // The links' counters are the kernel's; nothing is sent meanwhile but what IPv6 may send.
        JsonElement eth0 = Json(host, "busy").GetProperty("networks").GetProperty("eth0");
        using var kernel = JsonDocument.Parse(host.Shell($"nsenter -t {process} -n ip -j -s link show eth0"));
        JsonElement counters = kernel.RootElement[0].GetProperty("stats64");
        Assert.InRange(eth0.GetProperty("rx_bytes").GetInt64(), 3000, counters.GetProperty("rx").GetProperty("bytes").GetInt64());
        Assert.InRange(eth0.GetProperty("tx_packets").GetInt64(), 3, counters.GetProperty("tx").GetProperty("packets").GetInt64());
        Assert.Single(Json(host, "busy").GetProperty("networks").EnumerateObject());
        Assert.True(Json(host, "idle").GetProperty("networks").TryGetProperty("eth0", out _)); // shared

        Assert.Equal(3, host.NetctlOk("stats", "--no-stream").Split('\n').Length);
        host.NetctlOk("stop", "-t", "0", "idle");
        Assert.Equal(
            "idle 0.00% 0B / 0B 0",
            host.NetctlOk("stats", "--no-stream", "--format", "{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.PIDs}}", "idle"));
        Assert.Equal(1, host.Netctl("stats", "--no-stream", "nobody").ExitCode);
    }

    [KernelFact]
    public void A_stream_of_stats_goes_on_until_the_container_is_removed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        using System.Diagnostics.Process stream = host.Start(
            "curl", "-sN", "--unix-socket", host.Socket, "http://x/v1.47/containers/c/stats");
        for (int i = 0; i < 2; i++)
        {
            using var document = JsonDocument.Parse(stream.StandardOutput.ReadLine()!);
            Assert.Equal("/c", document.RootElement.GetProperty("name").GetString());
            Assert.Equal(i == 0, document.RootElement.GetProperty("preread").GetDateTimeOffset() == default);
        }

        host.NetctlOk("rm", "-f", "c");
        Assert.True(stream.WaitForExit(TimeSpan.FromSeconds(30)), "curl goes on");
    }

    private static string[] Stats(TestHost host, string container) => host.NetctlOk(
        "stats", "--no-stream", "--format", "{{.CPUPerc}}|{{.MemUsage}}|{{.NetIO}}|{{.PIDs}}", container).Split('|');

    // Clock ticks in user and kernel mode.
    private static long Ticks(TestHost host, string process) =>
        long.Parse(host.Shell($"awk '{{print $14 + $15}}' /proc/{process}/stat"), CultureInfo.InvariantCulture);

    private static JsonElement Json(TestHost host, string container)
    {
        using var document = JsonDocument.Parse(
            host.Shell($"curl -s --unix-socket {host.Socket} 'http://x/containers/{container}/stats?stream=false&one-shot=true'"));
        return document.RootElement.Clone();
    }
}
