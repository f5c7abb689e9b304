using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Daemon.Http;

namespace Net.Tests.Unit.Daemon;

public sealed class FilterTests
{
    private static readonly Dictionary<string, string> FrontWeb = new() { ["tier"] = "front", ["app"] = "web" };

    [Theory]
    [InlineData("""{"status":["x"]}""", "invalid filter 'status=x'")]
    [InlineData("""{"status":["running","x"]}""", "invalid filter 'status=x'")]
    [InlineData("""{"status":{"x":true}}""", "invalid filter 'status=x'")]
    [InlineData("""{"ancestor":["busybox"]}""", "invalid filter 'ancestor': containers here are not made of images")]
    [InlineData("""{"exited":["no"]}""", "invalid filter 'exited=no'")]
    [InlineData("""{"publish":["0.0.0.0:80"]}""", "invalid filter 'publish=0.0.0.0:80'")]
    [InlineData("""{"expose":["80/x"]}""", "invalid filter 'expose=80/x'")]
    [InlineData("""{"health":["x"]}""", "invalid filter 'health=x'")]
    [InlineData("""{"is-task":["maybe"]}""", "invalid filter 'is-task=maybe'")]
    [InlineData("""{"nonsense":["x"]}""", "invalid filter 'nonsense'")]
    [InlineData("""{"name":[5]}""", "invalid filters")]
    [InlineData("[]", "invalid filters")]
    [InlineData("{", "invalid filters")]
    public void A_filter_that_containers_do_not_have_is_refused(string json, string words) =>
        AssertRefused(words, () => ContainerFilter.Parse(json));

    [Theory]
    [InlineData("""{"type":["bogus"]}""", "invalid filter 'type=bogus'")]
    [InlineData("""{"type":["custom","bogus"]}""", "invalid filter 'type=bogus'")]
    [InlineData("""{"scope":["bogus"]}""", "invalid filter 'scope=bogus'")]
    [InlineData("""{"dangling":["maybe"]}""", "invalid filter 'dangling=maybe'")]
    [InlineData("""{"nonsense":["x"]}""", "invalid filter 'nonsense'")]
    public void A_filter_that_networks_do_not_have_is_refused(string json, string words) =>
        AssertRefused(words, () => NetworkFilter.Parse(json));

    [Theory]
    [InlineData("""{"status":["running"]}""", true)]
    [InlineData("""{"status":["paused","dead"]}""", false)]
    [InlineData("""{"status":[]}""", true)]
    [InlineData("""{"label":["tier","app=web"]}""", true)]
    [InlineData("""{"label":["tier","app=db"]}""", false)]
    [InlineData("""{"name":["x","we"]}""", true)]
    [InlineData("""{"name":["^/web$"]}""", true)]
    [InlineData("""{"name":["^we$"]}""", false)]
    [InlineData("""{"name":["w.b"]}""", true)]
    [InlineData("""{"name":["*"]}""", false)]
    [InlineData("""{"name":["(a)\\1"]}""", false)]
    [InlineData("""{"exited":["0"]}""", false)]
    [InlineData("""{"network":["bridge"]}""", false)]
    [InlineData("""{"expose":["81-90/udp"]}""", true)]
    [InlineData("""{"expose":["90"]}""", false)]
    [InlineData("""{"publish":["90/udp"]}""", false)]
    [InlineData("""{"health":["healthy"]}""", false)]
    [InlineData("""{"health":["healthy","none"]}""", true)]
    [InlineData("""{"is-task":["true"]}""", false)]
    [InlineData("""{"is-task":["false"]}""", true)]
    [InlineData("""{"volume":["data"]}""", false)]
    public void A_container_matches_any_value_of_a_key_and_all_labels(string json, bool matches)
    {
        var sandbox = new Sandbox
        {
            Id = SandboxId.New(),
            Name = "web",
            HostName = "web",
            Created = default,
            State = SandboxState.Running,
            Labels = FrontWeb,
            ExposedPorts = [new ExposedPort(90, PortProtocol.Udp)],
        };
        Assert.Equal(matches, ContainerFilter.Parse(json).Matches(sandbox, ModelSnapshot.Empty, health: null));
    }

    [Theory]
    [InlineData(HealthStatus.Starting, "starting")]
    [InlineData(HealthStatus.Healthy, "healthy")]
    [InlineData(HealthStatus.Unhealthy, "unhealthy")]
    public void A_container_with_a_probe_matches_its_own_health_alone(HealthStatus status, string word)
    {
        var sandbox = new Sandbox { Id = SandboxId.New(), Name = "web", HostName = "web", Created = default };
        var health = new SandboxHealth { Status = status };
        string[] words = ["starting", "healthy", "unhealthy", "none"];
        Assert.Equal([word], words.Where(w =>
            ContainerFilter.Parse($$"""{"health":["{{w}}"]}""").Matches(sandbox, ModelSnapshot.Empty, health)));
    }

    [Theory]
    [InlineData("""{"dangling":["true"]}""", true)]
    [InlineData("""{"dangling":["1"]}""", true)]
    [InlineData("""{"dangling":["false"]}""", false)]
    [InlineData("""{"label":["tier=front","app"]}""", true)]
    [InlineData("""{"label":["tier=front","nosuch"]}""", false)]
    [InlineData("""{"type":["custom"],"scope":["local"]}""", true)]
    [InlineData("""{"type":["builtin"]}""", false)]
    [InlineData("""{"scope":["swarm","global"]}""", false)]
    public void A_network_that_no_container_uses_is_dangling_and_one_that_always_exists_is_not(string json, bool matches)
    {
        var network = new Network { Id = NetworkId.New(), Name = "front", Driver = "bridge", Created = default, Labels = FrontWeb };
        Assert.Equal(matches, NetworkFilter.Parse(json).Matches(network, ModelSnapshot.Empty));
        Assert.False(
            NetworkFilter.Parse("""{"dangling":["true"]}""").Matches(network with { IsPredefined = true }, ModelSnapshot.Empty));
    }

    [Theory]
    [InlineData("""{"until":["24h"]}""", true)]
    [InlineData("""{"until":["49h30m"]}""", false)]
    [InlineData("""{"until":["-1h"]}""", true)]
    [InlineData("""{"until":["1.5h500ms2us3ns"]}""", true)]
    [InlineData("""{"until":["1767225600"]}""", true)]
    [InlineData("""{"until":["1767225599.5"]}""", false)]
    [InlineData("""{"until":["2026-01-01T00:00:00Z"]}""", true)]
    [InlineData("""{"until":["2026-01-01T00:59:59+01:00"]}""", false)]
    [InlineData("""{"until":["2026-01-01T00:00Z"]}""", true)]
    [InlineData("""{"until":["2026-01-03"]}""", true)]
    [InlineData("""{"until":["2025-12-30"]}""", false)]
    [InlineData("""{"label":["tier=front"],"label!":["nosuch"]}""", true)]
    [InlineData("""{"label!":["tier=back"]}""", true)]
    [InlineData("""{"label!":["tier"]}""", false)]
    [InlineData("""{"label":["tier","nosuch"]}""", false)]
    [InlineData("", true)]
    public void Unused_networks_are_chosen_by_their_age_and_labels(string json, bool matches)
    {
        DateTimeOffset made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var network = new Network { Id = NetworkId.New(), Name = "front", Driver = "bridge", Created = made, Labels = FrontWeb };
        Assert.Equal(matches, PruneFilter.Parse(json, made.AddDays(2)).Matches(network));
    }

    [Theory]
    [InlineData("""{"until":["yesterday"]}""", "invalid time \"yesterday\"")]
    [InlineData("""{"until":[""]}""", "invalid time \"\"")]
    [InlineData("""{"until":["9999999999999999h"]}""", "invalid time")]
    [InlineData("""{"until":["99999999999999999999"]}""", "invalid time")]
    [InlineData("""{"until":["2026-13-01"]}""", "invalid time")]
    [InlineData("""{"until":["1h","2h"]}""", "more than one until filter")]
    [InlineData("""{"driver":["bridge"]}""", "invalid filter 'driver'")]
    public void A_filter_that_a_prune_does_not_have_is_refused(string json, string words) =>
        AssertRefused(words, () => PruneFilter.Parse(json, DateTimeOffset.UnixEpoch));

    private static void AssertRefused(string words, Func<object> parse)
    {
        CnmException error = Assert.Throws<CnmException>(parse);
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }
}
