using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What happens to networks and containers, as <c>netctl events</c> and Docker's client tell it.</summary>
public sealed class EventTests
{
    [Fact]
    public void The_life_of_a_network_and_a_container_is_told_in_Dockers_words_and_order()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string network = host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "back");
        string id = host.NetctlOk("run", "-d", "--name", "web", "--label", "tier=1", "--network", "front", "sh", "-c", "sleep 1000");
        host.NetctlOk("network", "connect", "back", "web");
        host.NetctlOk("network", "disconnect", "back", "web");
        host.NetctlOk("rename", "web", "site");
        host.NetctlOk("pause", "site");
        host.NetctlOk("unpause", "site");
        host.NetctlOk("exec", "site", "true");
        host.NetctlOk("top", "site");
        host.NetctlOk("update", "--restart", "no", "site");
        host.NetctlOk("stop", "-t", "0", "site");
        host.NetctlOk("rm", "site");
        host.NetctlOk("network", "rm", "front");

        JsonNode[] events = [.. Past(host)];
        Assert.Equal(
            [
                "network create front", "network create back", "container create web", "network connect front", "container start web",
                "network connect back", "network disconnect back", "container rename site", "container pause site",
                "container unpause site", "container exec_create: true  site", "container exec_start: true  site",
                "container exec_die site", "container top site", "container update site", "container kill site", "container kill site",
                "network disconnect front", "container die site", "container stop site", "container destroy site",
                "network destroy front",
            ],
            events.Select(e => $"{e["Type"]} {e["Action"]} {e["Actor"]!["Attributes"]!["name"]}"));
        JsonNode connect = events.First(e => (string?)e["Action"] == "connect");
        Assert.Equal((network, id), ((string?)connect["Actor"]!["ID"], (string?)connect["Actor"]!["Attributes"]!["container"]));
        Assert.Matches("^1(37|43)$", (string?)events.Single(e => (string?)e["Action"] == "die")["Actor"]!["Attributes"]!["exitCode"]);
        Assert.Equal("/web", (string?)events.Single(e => (string?)e["Action"] == "rename")["Actor"]!["Attributes"]!["oldName"]);
        Assert.Equal(["15", "9"], Values(events, "kill", "signal"));
        Assert.Equal(["0"], Values(events, "exec_die", "exitCode"));
        Assert.Single(events.Select(e => (string?)e["Actor"]!["Attributes"]!["execID"]).OfType<string>().Distinct());
        Assert.All(events.Where(e => (string?)e["Type"] == "container"), e => Assert.Equal("1", Text(e, "tier")));
        Assert.All(events, e => Assert.Equal((long)e["timeNano"]! / 1_000_000_000, (long)e["time"]!));
    }

    [Fact]
    public void Events_are_filtered_and_printed_as_asked()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--rm", "--name", "one", "--label", "tier=1", "--network", "front", "true");
        host.NetctlOk("run", "--rm", "--name", "two", "--network", "front", "true");
        TestHost.Eventually("both are gone", () => Past(host, "-f", "event=destroy").Count() == 2);

        // The name is no beginning of an id, which the filter would take, too.
        Assert.Equal(["create", "attach", "start", "die", "destroy"], Actions("-f", "type=container", "-f", "container=one"));
        Assert.Equal(["create", "attach", "start", "die", "destroy"], Actions("-f", "label=tier=1"));
        Assert.Equal(
            ["connect", "disconnect", "connect", "disconnect"],
            Actions("-f", "network=front", "-f", "event=connect", "-f", "event=disconnect"));
        Assert.Equal(
            "network create front",
            host.NetctlOk(
                "events", "--since", "1h", "--until", "0s", "-f", "event=create", "-f", "type=network",
                "--format", "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}"));
        Assert.Matches(
            @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) network create [0-9a-f]{64} \(name=front, type=bridge\)$",
            host.NetctlOk("events", "--since", "1h", "--until", "0s", "-f", "event=create", "-f", "type=network"));

        host.NetctlOk("container", "prune", "-f");
        host.NetctlOk("network", "prune", "-f");
        Assert.Equal(
            ["container prune 0", "network prune 0"],
            Past(host, "-f", "event=prune").Select(e => $"{e["Type"]} {e["Action"]} {e["Actor"]!["Attributes"]!["reclaimed"]}"));

        string[] Actions(params string[] filters) => [.. Past(host, filters).Select(e => (string)e["Action"]!)];
    }

    [Fact]
    public void Whoever_follows_is_told_at_once_and_until_the_time_that_was_given()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using Process follower = host.Start("sh", "-c", "exec \"$NETCTL\" events --format '{{.Action}}'");
        TestHost.Eventually("it follows", () => host.Run("sh", "-c", $"ss -xH | grep -c '{host.Socket}'").StandardOutput.Trim() != "0");
        host.NetctlOk("network", "create", "front");
        Assert.Equal("create", follower.StandardOutput.ReadLine());
        follower.Kill();
        Assert.Contains("network create", host.NetctlOk("events", "--until", "0s"));
    }

    [Theory]
    [InlineData("--filter", "colour=red", "invalid filter")]
    [InlineData("--since", "yesterday", "invalid time")]
    [InlineData("--until", "x", "invalid time")]
    [InlineData("--format", "{{.Nothing", "template")]
    public void What_makes_no_sense_is_refused_in_one_sentence(string flag, string value, string words)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Output refused = host.Netctl("events", flag, value);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.StandardError);
    }

    [ProgramFact("docker")]
    public void Dockers_client_follows_too()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");

        // Docker's client cuts the time to whole seconds.
        string until = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 2).ToString(CultureInfo.InvariantCulture);
        Output told = host.Run(
            "docker", "-H", $"unix://{host.Socket}", "events", "--since", "1h", "--until", until,
            "--format", "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}");
        Assert.Equal(0, told.ExitCode);
        Assert.Equal("network create front", told.StandardOutput.Trim());
    }

    [KernelFact]
    public void A_further_command_is_told_to_its_end_whoever_still_listens_to_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        Assert.Equal(5, host.Netctl("exec", "c", "sh", "-c", "exit 5").ExitCode);
        host.NetctlOk("exec", "-d", "c", "sh", "-c", "exit 6");
        string go = Path.Combine(host.Root, "go");
        using Process client = host.Start(
            "sh", "-c", $"exec \"$NETCTL\" exec -i c sh -c 'while [ ! -e {go} ]; do echo on; sleep 0.1; done; exit 7'");
        Assert.Equal("on", client.StandardOutput.ReadLine());
        client.Kill();
        client.WaitForExit();
        File.WriteAllText(go, "");
        TestHost.Eventually("all are told", () => Values([.. Past(host)], "exec_die", "exitCode") is ["5", "6", "7"] or ["5", "7", "6"]);
        Assert.Equal(127, host.Netctl("exec", "c", "nosuch").ExitCode);
        host.NetctlOk("exec", "-d", "c", "sleep", "1001");
        host.NetctlOk("rm", "-f", "c");
        Assert.Equal(1, host.Netctl("exec", "c", "true").ExitCode);

        JsonNode[] events = [.. Past(host)];
        Assert.Equal(5, events.Count(e => ((string)e["Action"]!).StartsWith("exec_start: ", StringComparison.Ordinal)));
        TestHost.Eventually(
            "the last ends with its container", () => Values([.. Past(host)], "exec_die", "exitCode") is [_, _, _, "137"]);
        Assert.Equal(4, Past(host, "-f", "event=exec_die").Select(e => (string)e["Actor"]!["Attributes"]!["execID"]!).Distinct().Count());
    }

    [KernelFact]
    public void Clients_that_come_resize_and_go_are_told()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using (Process run = Terminal.Start(host, "run -it --name c -e PS1=ready: sh"))
        {
            Terminal.Read(run, "ready:");
            Terminal.Type(run, Terminal.Leave);
            Assert.Equal(0, Terminal.Ended(run));
        }

        using (Process exec = Terminal.Start(host, "exec -it c sh"))
        {
            Terminal.Type(exec, "echo su''m\n");
            Terminal.Read(exec, "sum");
            Terminal.Type(exec, Terminal.Leave);
            Assert.Equal(1, Terminal.Ended(exec));
        }

        using (Process attach = Terminal.Start(host, "attach c"))
        {
            Terminal.Type(attach, "exit 9\n");
            Assert.Equal(9, Terminal.Ended(attach));
        }

        TestHost.Eventually("the command that was left has ended with the container", () => Past(host, "-f", "event=exec_die").Any());
        string[] told = [.. Past(host, "-f", "container=c", "-f", "type=container").Select(e => (string)e["Action"]!)];
        Assert.Equal(
            ["create", "attach", "start", "detach", "exec_create: sh ", "exec_start: sh ", "exec_detach", "attach", "die"],
            told.Where(action => action is not ("resize" or "exec_die")));
        Assert.Contains("resize", told);
        Assert.Contains(Past(host, "-f", "event=resize"), e => Text(e, "height") == "33" && Text(e, "width") == "77");
    }

    [KernelFact]
    public void Removal_by_force_is_no_stop_and_the_networks_host_and_none_are_told_as_others()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string mode in new[] { "host", "none" })
        {
            host.NetctlOk("run", "-d", "--name", mode, "--network", mode, "sleep", "1000");
            host.NetctlOk("rm", "-f", mode);
            Assert.Equal(
                ["create c", $"connect {mode}", "start c", "kill c", $"disconnect {mode}", "die c", "destroy c"],
                Past(host).TakeLast(7).Select(e =>
                    $"{e["Action"]} {((string?)e["Type"] == "container" ? "c" : (string?)e["Actor"]!["Attributes"]!["name"])}"));
        }

        host.NetctlOk("network", "create", "front");
        host.NetctlOk("create", "--name", "c", "--network", "front", "true");
        host.NetctlOk("network", "disconnect", "front", "c");
        Assert.Equal("disconnect", (string?)Past(host).Last()["Action"]);
        host.NetctlOk("container", "prune", "-f");
        Assert.Equal(
            """{"status":"prune","Type":"container","Action":"prune","Actor":{"ID":"","Attributes":{"reclaimed":"0"}},"scope":"local"}""",
            host.Shell(
                $"curl -s --unix-socket {host.Socket} 'http://d/events?since=1h&until=0s&filters=%7B%22event%22:%5B%22prune%22%5D%7D'"
                + """ | sed 's/,"time":.*/}/'"""));
    }

    private static string? Text(JsonNode told, string attribute) => (string?)told["Actor"]!["Attributes"]![attribute];

    private static string[] Values(IReadOnlyList<JsonNode> events, string action, string attribute) =>
        [.. events.Where(e => (string?)e["Action"] == action).Select(e => (string)e["Actor"]!["Attributes"]![attribute]!)];

    private static IEnumerable<JsonNode> Past(TestHost host, params string[] filters) =>
        host.NetctlOk(["events", "--since", "1h", "--until", "0s", "--format", "json", .. filters])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
}
