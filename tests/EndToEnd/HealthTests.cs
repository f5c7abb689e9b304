using System.Diagnostics;
using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Health checks of containers: their course, what users see of it, and that nothing of a probe is left.</summary>
public sealed class HealthTests
{
    private const string Status = "{{.State.Health.Status}}";

    [KernelFact]
    public void A_container_becomes_healthy_then_unhealthy_after_its_retries_and_healthy_again()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string flag = Path.Combine(host.Root, "works");
        using Process follower = host.Start(
            "sh", "-c", "exec \"$NETCTL\" events --since 1h -f event=health_status --format '{{.Action}}'");
        host.NetctlOk("network", "create", "front");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--network", "front", "-e", $"FLAG={flag}",
            "--health-cmd", "ip -br addr show eth0; test -e $FLAG", "--health-interval", "200ms", "--health-retries", "2", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "slow", "--health-cmd", "true", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "plain", "--no-healthcheck", "sleep", "1000");
        Assert.EndsWith(" (health: starting)", host.NetctlOk("ps", "-f", "name=slow", "--format", "{{.Status}}"), StringComparison.Ordinal);
        Assert.Equal("slow", host.NetctlOk("ps", "-f", "health=starting", "-f", "name=slow", "--format", "{{.Names}}"));
        Assert.Equal("plain", host.NetctlOk("ps", "-f", "health=none", "--format", "{{.Names}}"));

        AwaitStatus(host, "unhealthy");
        File.WriteAllText(flag, "");
        AwaitStatus(host, "healthy");
        Assert.Matches(@"^Up .+ \(healthy\)$", host.NetctlOk("ps", "-f", "health=healthy", "--format", "{{.Status}}"));
        File.Delete(flag);
        AwaitStatus(host, "unhealthy");
        Assert.Matches(@"^Up .+ \(unhealthy\)$", host.NetctlOk("ps", "-f", "health=unhealthy", "--format", "{{.Status}}"));

        TestHost.Eventually("five failures are logged", () =>
            Health(host)["Log"]!.AsArray().Select(entry => (int)entry!["ExitCode"]!).SequenceEqual([1, 1, 1, 1, 1]));
        JsonNode health = Health(host);
        Assert.True((int)health["FailingStreak"]! >= 5);
        Assert.All(health["Log"]!.AsArray(), entry =>
        {
            Assert.Contains(" UP ", (string?)entry!["Output"], StringComparison.Ordinal); // it is in the container's network
            Assert.True(DateTimeOffset.Parse((string)entry["End"]!, null) >= DateTimeOffset.Parse((string)entry["Start"]!, null));
        });
        Assert.Equal(
            """{"Test":["CMD-SHELL","ip -br addr show eth0; test -e $FLAG"],"Interval":200000000,"Retries":2}""",
            host.NetctlOk("inspect", "--format", "{{json .Config.Healthcheck}}", "web"));
        string[] told = [.. Enumerable.Range(0, 3).Select(_ => follower.StandardOutput.ReadLine() ?? "")];
        follower.Kill(entireProcessTree: true);
        Assert.Equal(["health_status: unhealthy", "health_status: healthy", "health_status: unhealthy"], told);
    }

    [KernelFact]
    public void A_probe_that_takes_too_long_is_ended_with_all_that_it_started_and_counts_as_failed()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string mark = Mark();
        host.NetctlOk(
            "run", "-d", "--name", "web", "--health-cmd", $"echo begun; (sleep {mark} &); sleep {mark}; true", "--health-interval", "100ms",
            "--health-timeout", "1s", "--health-retries", "1", "sleep", "1000");
        AwaitStatus(host, "unhealthy");
        Assert.All(Health(host)["Log"]!.AsArray(), entry => Assert.Equal(
            (-1, "Health check exceeded timeout (1s): begun\n"), ((int)entry!["ExitCode"]!, (string?)entry["Output"])));
        TestHost.Eventually("a later one runs", () => Runs(mark) > 0);

        host.NetctlOk("pause", "web");
        TestHost.Eventually("nothing of it runs while the container is paused", () => Runs(mark) == 0);
        Assert.Matches(@"^Up .+ \(Paused\)$", host.NetctlOk("ps", "--format", "{{.Status}}"));
        host.NetctlOk("unpause", "web");
        TestHost.Eventually("it is probed again", () => Runs(mark) > 0);

        host.NetctlOk("rm", "-f", "web");
        TestHost.Eventually("nothing of it runs", () => Runs(mark) == 0);
    }

    [KernelFact]
    public void The_next_daemon_goes_on_and_no_probe_of_the_one_that_was_killed_is_left()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string mark = Mark();
        string slow = Path.Combine(host.Root, "slow");
        File.WriteAllText(slow, "");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--health-cmd", $"if test -e {slow}; then sleep {mark}; fi; true",
            "--health-interval", "100ms", "sleep", "1000");
        TestHost.Eventually("a probe runs", () => Runs(mark) > 0);

        host.KillDaemon();
        TestHost.Eventually("it ends with the daemon", () => Runs(mark) == 0);
        File.Delete(slow);
        host.StartDaemon(); // in a new mount namespace
        AwaitStatus(host, "healthy");

        host.StopDaemon();
        host.StartDaemon();
        AwaitStatus(host, "healthy");
    }

    [KernelFact]
    public void Health_begins_anew_with_each_start_and_failures_of_the_start_period_do_not_count()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string flag = Path.Combine(host.Root, "works");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--health-cmd", $"test -e {flag}", "--health-interval", "200ms", "--health-retries", "1",
            "--health-start-period", "1h", "--health-start-interval", "100ms", "sleep", "1000");
        TestHost.Eventually("it has failed often", () => Health(host)["Log"]!.AsArray().Count == 5);
        Assert.Equal("starting 0", host.NetctlOk("inspect", "--format", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}", "web"));
        File.WriteAllText(flag, "");
        AwaitStatus(host, "healthy");
        File.Delete(flag);
        AwaitStatus(host, "unhealthy");

        host.NetctlOk("restart", "-t", "0", "web");
        Assert.Equal("starting", host.NetctlOk("inspect", "--format", Status, "web"));
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Equal("unhealthy", host.NetctlOk("inspect", "--format", Status, "web")); // as Docker has it
        host.NetctlOk("create", "--name", "made", "--health-cmd", "true", "sleep", "1000");
        Assert.DoesNotContain("Health\":", host.NetctlOk("inspect", "--format", "{{json .State}}", "made"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Wrong_options_and_documents_are_refused_with_a_reason()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        AssertRefused(host, "--no-healthcheck conflicts with --health-* options", "--no-healthcheck", "--health-cmd", "true");
        AssertRefused(host, "--health-timeout cannot be negative", "--health-timeout", "-1s");
        AssertRefused(
            host, "invalid argument \"5\" for \"--health-interval\" flag: time: missing unit in duration \"5\"", "--health-interval", "5");
        AssertRefused(host, "Interval in Healthcheck cannot be less than 1ms", "--health-cmd", "true", "--health-interval", "10us");
        foreach ((string document, string words) in new[]
        {
            ("""{"Test":["CMD-SHELL","true"],"Timeout":5}""", "Timeout in Healthcheck cannot be less than 1ms"),
            ("""{"Test":["CMD-SHELL","true"],"Retries":-1}""", "Retries in Healthcheck cannot be negative"),
            ("""{"Test":["SHELL","true"]}""", "Test in Healthcheck: unknown type"),
        })
        {
            string answer = host.Shell(
                $"curl -s --unix-socket {host.Socket} -H 'Content-Type: application/json' -w ' %{{http_code}}' "
                + $"-d '{{\"Cmd\":[\"true\"],\"Healthcheck\":{document}}}' http://d/netctl/containers/create");
            Assert.Contains(words, answer, StringComparison.Ordinal);
            Assert.EndsWith(" 400", answer, StringComparison.Ordinal);
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    // A number of seconds that no other test sleeps.
    private static string Mark() => $"{Random.Shared.Next(100_000, 999_999)}.{Environment.ProcessId}";

    private static int Runs(string mark) =>
        Directory.EnumerateDirectories("/proc")
            .Count(path => int.TryParse(Path.GetFileName(path), out int id) && ProcessFile.Read(id, "cmdline") == $"sleep\0{mark}\0");

    private static JsonNode Health(TestHost host) =>
        JsonNode.Parse(host.NetctlOk("inspect", "--format", "{{json .State.Health}}", "web"))!;

    private static void AwaitStatus(TestHost host, string status) =>
        TestHost.Eventually($"web is {status}", () => host.NetctlOk("inspect", "--format", Status, "web") == status);

    private static void AssertRefused(TestHost host, string words, params string[] options)
    {
        Output output = host.Netctl(["run", .. options, "true"]);
        Assert.Equal(125, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }
}
