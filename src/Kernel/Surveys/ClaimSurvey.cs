using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Kernel.Links;
using Net.Kernel.Observations;
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
        IEnumerable<(LinkMessage, IReadOnlyList<IPAddress>)> questions =
            from bridge in desired.OfType<BridgeLink>()
            let link = host.Link(bridge.Name)
            where link is { IsUp: true, Address: not null } && addresses.Contains(bridge.Name) && HasForeignPort(host, link)
            select (link, (IReadOnlyList<IPAddress>)[.. addresses[bridge.Name]]);
        return [.. AddressProbe.Send(questions).Select(answer => new AddressClaim(answer.Link.Name!, answer.Address, answer.MacAddress))];
    }

    private static bool HasForeignPort(ObservedNamespace host, LinkMessage bridge) =>
        host.Links.Any(port => port.MasterIndex == bridge.Index && port.IsUp && !LinkMark.IsOurs(port));
}
