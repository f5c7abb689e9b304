using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Kernel.Links;
using Net.Kernel.Observations;
using Net.Linux;
using Net.Netlink.Links;

namespace Net.Kernel.Surveys;

/// <summary>Asks on bridges of ours that have ports of other programs who has the addresses of containers there.</summary>
internal static class ClaimSurvey
{
    /// <summary>The answers; none where all ports are ours, so that nothing is asked.</summary>
    public static IReadOnlyList<AddressClaim> Read(ObservedNamespace host, IReadOnlyCollection<DesiredObject> desired)
    {
        ILookup<string, IPAddress> addresses = desired.OfType<NeighbourObject>()
            .Where(entry => entry.Namespace.IsHost && entry.Address.AddressFamily == AddressFamily.InterNetwork)
            .ToLookup(entry => entry.Link, entry => entry.Address, StringComparer.Ordinal);
        var claims = new List<AddressClaim>();
        foreach (BridgeLink bridge in desired.OfType<BridgeLink>())
        {
            if (host.Link(bridge.Name) is { IsUp: true } link
                && addresses.Contains(bridge.Name)
                && host.Links.Any(port => port.MasterIndex == link.Index && port.IsUp && !LinkMark.IsOurs(port)))
            {
                claims.AddRange(Ask(link, [.. addresses[bridge.Name]]));
            }
        }

        return claims;
    }

    private static IEnumerable<AddressClaim> Ask(LinkMessage bridge, IReadOnlyList<IPAddress> addresses)
    {
        try
        {
            return
            [
                .. AddressProbe.Send(bridge.Index, bridge.Address!.Value, addresses)
                    .Select(answer => new AddressClaim(bridge.Name!, answer.Address, answer.MacAddress)),
            ];
        }
        catch (LinuxException)
        {
            return []; // the bridge went down at this moment
        }
    }
}
