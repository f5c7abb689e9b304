using static Net.Tests.EndToEnd.DockerComparison.Step;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>Links on the default network.</summary>
internal static class LinkScenarios
{
    public static readonly Scenario Sight = new(
    [
        Do("run -d --name db -e PASSWORD=secret -e EMPTY= --expose 5432 --expose 80/udp IMAGE sleep 1000"),
        Do("run -d --name web --link db:sql -e SQL_PORT=mine IMAGE sleep 1000"),
        See("db"),
        See("web"),
        Do("inspect -f '{{.HostConfig.Links}}' web"),
        Do("run --name other --link nobody IMAGE true"),
        Do("create --name later --link db IMAGE true"),
        Do("stop -t 0 db"),
        Do("start later"),
    ])
    {
        Proves = StandingDifferences.All,
    };
}
