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
        host.NetctlOk("stop", "-t", "0", "site");
        host.NetctlOk("rm", "site");
        host.NetctlOk("network", "rm", "front");

        JsonNode[] events = [.. Past(host)];
        Assert.Equal(
            [
                "network create front", "network create back", "container create web", "network connect front", "container start web",
                "network connect back", "network disconnect back", "container rename site", "container pause site",
                "container unpause site", "container exec_start: true site", "container kill site", "container die site",
                "network disconnect front", "container stop site", "container destroy site", "network destroy front",
            ],
            events.Select(e => $"{e["Type"]} {e["Action"]} {e["Actor"]!["Attributes"]!["name"]}"));
        JsonNode connect = events.First(e => (string?)e["Action"] == "connect");
        Assert.Equal((network, id), ((string?)connect["Actor"]!["ID"], (string?)connect["Actor"]!["Attributes"]!["container"]));
        Assert.Matches("^1(37|43)$", (string?)events.Single(e => (string?)e["Action"] == "die")["Actor"]!["Attributes"]!["exitCode"]);
        Assert.Equal("/web", (string?)events.Single(e => (string?)e["Action"] == "rename")["Actor"]!["Attributes"]!["oldName"]);
        Assert.All(events, e => Assert.Equal((long)e["timeNano"]! / 1_000_000_000, (long)e["time"]!));
    }

    [Fact]
    public void Events_are_filtered_and_printed_as_asked()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--rm", "--name", "a", "--label", "tier=1", "--network", "front", "true");
        host.NetctlOk("run", "--rm", "--name", "b", "--network", "front", "true");
        TestHost.Eventually("both are gone", () => Past(host, "-f", "event=destroy").Count() == 2);

        Assert.Equal(["create", "start", "die", "destroy"], Actions("-f", "type=container", "-f", "container=a"));
        Assert.Equal(["create", "start", "die", "destroy"], Actions("-f", "label=tier=1"));
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

    private static IEnumerable<JsonNode> Past(TestHost host, params string[] filters) =>
        host.NetctlOk(["events", "--since", "1h", "--until", "0s", "--format", "json", .. filters])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
}
