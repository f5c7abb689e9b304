using Net.Cnm.Findings;
using Net.Cnm.Hosts;

namespace Net.Controller.Findings;

/// <summary>Finds links with a way out of their own whose packets strict reverse path filtering drops, since the answers would leave by
/// another link. Only noted: a second way out may be there for the host's own connections alone.</summary>
internal static class ReversePaths
{
    private const int Strict = 1;

    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        HostRoute[] ways = [.. facts.Host.Routes.Where(route => route.IsDefault && route.Link is not null && IsIPv4(route))];
        string? first = ways.FirstOrDefault()?.Link;
        if (!facts.Bridges.Any(bridge => bridge.ReachesOut))
        {
            yield break;
        }

        foreach (string link in ways.Select(way => way.Link!).Where(link => link != first).Distinct(StringComparer.Ordinal)
            .Where(link => facts.HostLink(link)?.ReversePathFilter == Strict))
        {
            string path = link.Contains('.', StringComparison.Ordinal)
                ? $"net/ipv4/conf/{link}/rp_filter"
                : $"net.ipv4.conf.{link}.rp_filter";
            yield return new Finding
            {
                Kind = FindingKinds.ReversePath,
                Grade = FindingGrade.Note,
                Object = $"link {link}",
                Cause = $"answers to what comes in by {link} from beyond its subnet leave by {first}, and strict reverse path filtering " +
                    $"({path} is {Strict}, or that of all) drops such requests, so published ports are not reached by {link}",
                Look = $"ip route show default; sysctl net.ipv4.conf.all.rp_filter {path}",
                Remedy = $"sysctl -w {path}=2",
            };
        }
    }

    private static bool IsIPv4(HostRoute route) =>
        route.Destination.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
}
