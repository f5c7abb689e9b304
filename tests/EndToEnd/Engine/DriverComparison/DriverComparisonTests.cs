using System.Text.RegularExpressions;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine.DriverComparison;

/// <summary>The same containers on networks of the Engine's own driver and on networks of ours.</summary>
public sealed partial class DriverComparisonTests
{
    [ProgramFact(DockerDaemon.Program)]
    public void The_same_containers_get_the_same_answers_but_for_the_differences_that_the_page_lists()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        using DockerDaemon docker = DockerDaemon.Start(host);
        host.StartDaemon("--plugin-dir", "/run/docker/plugins");
        List<string> bridge = [.. new DriverScenario(host, docker, "bridge").Run()];
        List<string> netctl = [.. new DriverScenario(host, docker, "netctl").Run()];
        Assert.True(bridge.Count(line => line.Contains(" reaches ", StringComparison.Ordinal)) > 20, string.Join('\n', bridge));

        foreach (string line in bridge.ToList())
        {
            if (netctl.Remove(line))
            {
                bridge.Remove(line);
            }
        }

        List<DriverDifference> unseen =
        [
            .. DriverDifference.All.Where(difference =>
                bridge.RemoveAll(line => difference.Bridge.IsMatch(line)) + netctl.RemoveAll(line => difference.Netctl.IsMatch(line)) == 0),
        ];
        Assert.True(
            bridge.Count + netctl.Count == 0,
            string.Join('\n', bridge.Select(line => $"bridge: {line}").Concat(netctl.Select(line => $"netctl: {line}"))));
        Assert.Empty(unseen.Select(difference => difference.Anchor));
    }

    [Fact]
    public void Every_difference_is_a_row_of_the_page_with_a_reason_and_every_marked_row_is_compared()
    {
        string page = File.ReadAllText(Path.Combine(TestHost.RepositoryRoot(), "docs", "engine.md"));
        Assert.Equal(
            DriverDifference.All.Select(difference => difference.Anchor).Order(StringComparer.Ordinal),
            Row().Matches(page).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""^\| <a id="([^"]+)"></a>[^|]+\| [^|]+ \|$""", RegexOptions.Multiline)]
    private static partial Regex Row();
}
