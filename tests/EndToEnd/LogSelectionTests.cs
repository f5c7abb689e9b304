using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Which lines <c>logs</c> prints, and when it ends.</summary>
public sealed class LogSelectionTests
{
    [KernelFact]
    public void Lines_are_chosen_by_number_and_by_time_and_the_streams_are_kept_apart()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string go = Path.Combine(host.Root, "go");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c",
            $"echo one; echo two >&2; until test -e {go}; do sleep 0.05; done; echo three; echo four >&2; printf five");
        TestHost.Eventually("two lines are in the log", () => host.Netctl("logs", "c").StandardError == "two\n");
        host.Shell($"sleep 0.2; date +%s.%N > {host.Root}/between; sleep 0.2; touch {go}");
        host.NetctlOk("wait", "c");
        string between = File.ReadAllText($"{host.Root}/between").Trim();
        string date = host.Shell($"date -u -d @{between} +%Y-%m-%dT%H:%M:%S.%NZ");

        Assert.Equal(("one\nthree\nfive", "two\nfour\n"), Logs(host));
        Assert.Equal(("three\nfive", "four\n"), Logs(host, "--tail", "3"));
        Assert.Equal(("five", ""), Logs(host, "-n", "1"));
        Assert.Equal(("", ""), Logs(host, "-n0"));
        Assert.Equal(("one\nthree\nfive", "two\nfour\n"), Logs(host, "--tail=all"));
        Assert.Equal(("one\nthree\nfive", "two\nfour\n"), Logs(host, "--tail=-1"));
        foreach (string moment in (string[])[between, date])
        {
            Assert.Equal(("three\nfive", "four\n"), Logs(host, "--since", moment));
            Assert.Equal(("one\n", "two\n"), Logs(host, "--until", moment));
            Assert.Equal(("", ""), Logs(host, "--tail", "3", "--until", moment)); // the last three lines are all later
        }

        Assert.Equal(("one\nthree\nfive", "two\nfour\n"), Logs(host, "--since", "10m30s"));
        Assert.Equal(("", ""), Logs(host, "--until", "10m30s"));
        string api = $"curl -sS --unix-socket {host.Socket} 'http://localhost/netctl/containers/c/logs?";
        Assert.Equal("two\nfour", host.Shell($"{api}stderr=1' | tr -d '\\000-\\011\\013-\\037'"));
        Assert.Equal("400", host.Shell($"{api}stdout=0' -o /dev/null -w '%{{http_code}}'"));
        Assert.Equal("400", host.Shell($"{api}since=x' -o /dev/null -w '%{{http_code}}'"));
    }

    [KernelFact]
    public void A_line_has_its_time_before_it_which_since_and_until_take_as_it_stands()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string before = host.Shell("date +%s%N");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", "echo one; sleep 0.1; echo two >&2; sleep 0.1; printf three");
        host.NetctlOk("wait", "c");
        string after = host.Shell("date +%s%N");

        (string output, string error) = Logs(host, "-t");
        string[] lines = [.. output.TrimEnd('\n').Split('\n'), error.TrimEnd('\n')];
        Assert.All(lines, line => Assert.Matches("^[0-9-]{10}T[0-9:]{8}\\.[0-9]{9}Z (one|two|three)$", line));
        Assert.Equal(["one", "three", "two"], lines.Select(line => line.Split(' ')[1]));
        Assert.Equal((" one\n three", " two\n"), Logs(host, "--details"));
        Assert.Matches("Z  one\n", Logs(host, "-t", "--details").Output);
        string two = lines[2].Split(' ')[0];
        long written = long.Parse(host.Shell($"date -d {two} +%s%N"), CultureInfo.InvariantCulture);
        Assert.InRange(written, long.Parse(before, CultureInfo.InvariantCulture), long.Parse(after, CultureInfo.InvariantCulture));
        Assert.Equal(("", "two\n"), Logs(host, "--since", two, "--until", two));
    }

    [KernelFact]
    public void Following_begins_with_the_last_lines_and_ends_with_the_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", "seq 1 10; sleep 1000");
        TestHost.Eventually("ten lines are in the log", () => host.NetctlOk("logs", "c").EndsWith("10", StringComparison.Ordinal));
        using Process follower = host.Start("sh", "-c", $"exec \"$NETCTL\" logs -f -n 2 c > {host.Root}/seen");
        TestHost.Eventually(
            "the last two lines", () => File.Exists($"{host.Root}/seen") && File.ReadAllText($"{host.Root}/seen") == "9\n10\n");
        host.NetctlOk("kill", "c");
        Assert.True(follower.WaitForExit(TimeSpan.FromSeconds(30)));

        Assert.Equal((0, "9\n10\n"), (follower.ExitCode, File.ReadAllText($"{host.Root}/seen")));
        Assert.Equal("10", host.NetctlOk("logs", "-f", "-n", "1", "c")); // of one that has ended it ends at once
    }

    [KernelFact]
    public void What_is_no_number_and_no_time_is_refused_in_one_sentence()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("create", "--name", "c");
        foreach ((string flag, string value) in new[] { ("--tail", "few"), ("--since", "yesterday"), ("--until", "") })
        {
            Output refused = host.Netctl("logs", flag, value, "c");
            Assert.Equal((1, ""), (refused.ExitCode, refused.StandardOutput));
            Assert.Equal(1, refused.StandardError.Count(c => c == '\n'));
            Assert.Contains(flag, refused.StandardError, StringComparison.Ordinal);
        }
    }

    private static (string Output, string Error) Logs(TestHost host, params string[] arguments)
    {
        Output output = host.Netctl(["logs", .. arguments, "c"]);
        Assert.Equal(0, output.ExitCode);
        return (output.StandardOutput, output.StandardError);
    }
}
