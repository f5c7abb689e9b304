using Net.Cnm.DesiredState;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds that the host, or one of the links by which packets of containers come in, does not forward.</summary>
/// <remarks>Forwarding of all links that the daemon has turned on itself is desired state; its absence is a difference. In IPv6 the kernel
/// asks for the setting of all links, and since Linux 6.17 for force_forwarding of the link that a packet comes in by (ip6_forward in
/// net/ipv6/ip6_output.c).</remarks>
internal static class ForwardingStops
{
    private const string IPv4 = "net/ipv4/ip_forward";
    private const string IPv6 = "net/ipv6/conf/all/forwarding";

    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        NetworkBridge[] bridges = [.. facts.Bridges.Where(bridge => bridge.ReachesOut)];
        NetworkBridge[] ofIPv4 = [.. bridges.Where(bridge => bridge.Policy!.IPv4 is not null)];
        NetworkBridge[] ofIPv6 = [.. bridges.Where(bridge => bridge.Policy!.IPv6 is not null)];
        if (ofIPv4.Length > 0 && facts.Survey.ForwardsIPv4 == false && !IsDesired(facts, IPv4))
        {
            yield return OfHost(ofIPv4, "IPv4", IPv4);
        }

        NetworkBridge[] notForced = [.. ofIPv6.Where(bridge => facts.HostLink(bridge.Name)?.ForcesIPv6 != true)];
        if (notForced.Length > 0 && facts.Survey.ForwardsIPv6 == false && !IsDesired(facts, IPv6))
        {
            yield return OfHost(notForced, "IPv6", IPv6);
        }

        if (ofIPv4.Length == 0 || facts.Survey.ForwardsIPv4 != true)
        {
            yield break;
        }

        foreach (NetworkBridge bridge in ofIPv4.Where(bridge => facts.HostLink(bridge.Name)?.ForwardsIPv4 == false))
        {
            yield return OfLink(bridge.Words, bridge.Name, "what its containers send to the outside is dropped") with
            {
                Repair = bridge.IsAdopted ? null : new SysctlObject
                {
                    Owner = OwnerId.Of(bridge.Network.Id),
                    Namespace = NamespaceRef.Host,
                    Path = PathOf(bridge.Name),
                    Value = "1",
                    Link = bridge.Name,
                },
            };
        }

        foreach (string uplink in facts.Uplinks.Where(uplink => facts.HostLink(uplink)?.ForwardsIPv4 == false))
        {
            yield return OfLink(
                $"link {uplink}",
                uplink,
                "what comes in by it for containers is dropped: requests to published ports, and all answers") with
            {
                Grade = facts.IsFirstWay(uplink) ? FindingGrade.Error : FindingGrade.Note,
            };
        }
    }

    private static bool IsDesired(FindingFacts facts, string path) =>
        facts.Desired.OfType<SysctlObject>().Any(setting => setting.Namespace.IsHost && setting.Path == path);

    private static string PathOf(string link) => $"net/ipv4/conf/{link}/forwarding";

    private static Finding OfHost(IReadOnlyList<NetworkBridge> bridges, string family, string path) => new()
    {
        Kind = FindingKinds.ForwardingOff,
        Object = bridges.Count == 1 ? bridges[0].Words : $"networks {string.Join(", ", bridges.Select(bridge => bridge.Network.Name))}",
        Cause = $"the host does not forward {family} packets ({path.Replace('/', '.')} is 0), and the daemon was told to leave that " +
            "alone (--ip-forward=false), so containers and the outside do not reach each other",
        Look = $"sysctl {path.Replace('/', '.')}",
        Remedy = $"sysctl -w {path.Replace('/', '.')}=1",
    };

    private static Finding OfLink(string subject, string link, string consequence)
    {
        // With slashes a dot in a link's name stays one (sysctl(8)).
        string path = link.Contains('.', StringComparison.Ordinal) ? PathOf(link) : PathOf(link).Replace('/', '.');
        return new Finding
        {
            Kind = FindingKinds.ForwardingOff,
            Object = subject,
            Cause = $"the link {link} does not forward IPv4 packets that come in by it ({path} is 0), so {consequence}",
            Look = $"sysctl {path}",
            Remedy = $"sysctl -w {path}=1",
        };
    }
}
