using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Waiting for containers, on a daemon whose answer begins when it waits: what happens from then on is not missed.</summary>
public sealed class WaitTests
{
    [KernelFact]
    public void A_wait_that_begins_before_a_restart_gets_the_exit_that_follows_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "n"), "0");
        host.NetctlOk("run", "-d", "--restart", "always", "--name", "c", "sh", "-c",
            $"cd {host.Root}; n=$(($(cat n) + 1)); echo $n >n; until [ -e go$n ]; do sleep 0.02; done; exit $n");
        for (int run = 1; run <= 5; run++)
        {
            Go(run);
            TestHost.Eventually("it has exited", () => host.NetctlOk("ps", "--format", "{{.Status}}") is var status
                && (status.StartsWith($"Restarting ({run})", StringComparison.Ordinal)
                    || host.NetctlOk("inspect", "-f", "{{.RestartCount}}", "c") == run.ToString(CultureInfo.InvariantCulture)));
            using Process wait = Begin(host, "c");
            Go(run + 1);
            Assert.Equal($$"""{"StatusCode":{{run + 1}}}""", End(wait));
        }

        using Process last = Begin(host, "c");
        host.NetctlOk("stop", "-t", "0", "c");
        Assert.Matches("""^{"StatusCode":[1-9][0-9]*}$""", End(last));
        host.NetctlOk("wait", "c");

        void Go(int run) => File.WriteAllText(Path.Combine(host.Root, $"go{run}"), "");
    }

    [KernelFact]
    public void The_next_exit_and_the_removal_are_waited_for_as_Docker_has_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("create", "--name", "c", "sh", "-c", "exit 3");
        using (Process next = Begin(host, "c", "next-exit"))
        {
            Assert.Equal("0", host.NetctlOk("wait", "c"));
            host.NetctlOk("start", "c");
            Assert.Equal("""{"StatusCode":3}""", End(next));
        }

        using (Process next = Begin(host, "c", "next-exit"))
        using (Process removed = Begin(host, "c", "removed"))
        {
            Assert.Equal("3", host.NetctlOk("wait", "c"));
            host.NetctlOk("rm", "c");
            Assert.Equal("""{"StatusCode":3}""", End(next));
            Assert.Equal("""{"StatusCode":3}""", End(removed));
        }

        host.NetctlOk("run", "-d", "--rm", "--name", "d", "sleep", "1000");
        using (Process removed = Begin(host, "d", "removed"))
        {
            host.NetctlOk("kill", "d");
            Assert.Equal("""{"StatusCode":137}""", End(removed));
            Assert.Empty(host.NetctlOk("ps", "-aq"));
        }

        host.NetctlOk("create", "--name", "e", "true");
        Assert.Equal(
            """{"message":"invalid condition: \"x\"; use not-running, next-exit or removed"}""",
            host.Shell($"curl -s -X POST --unix-socket {host.Socket} 'http://d/containers/e/wait?condition=x'"));
        Assert.Contains("No such container: nobody", host.Netctl("wait", "nobody").StandardError, StringComparison.Ordinal);
    }

    // Returns when the daemon waits. nc shows the answer as it comes.
    private static Process Begin(TestHost host, string container, string condition = "not-running")
    {
        Process client = host.Start(
            "sh",
            "-c",
            $"printf '%s\\r\\n' 'POST /containers/{container}/wait?condition={condition} HTTP/1.1' 'Host: d' 'Connection: close' '' "
                + $"| nc -U {host.Socket}");
        Assert.Equal("HTTP/1.1 200 OK", client.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult());
        return client;
    }

    private static string End(Process client) => client.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1))
        .GetAwaiter().GetResult().Split('\n').Single(line => line.StartsWith('{')).TrimEnd('\r');
}
