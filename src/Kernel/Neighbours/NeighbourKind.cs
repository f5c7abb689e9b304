using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Neighbours;

namespace Net.Kernel.Neighbours;

/// <summary>Permanent neighbour entries, in the daemon's namespace and in sandboxes.</summary>
internal sealed class NeighbourKind : ObjectKind<NeighbourObject>
{
    private const string Leftover = "neighbour";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(NeighbourObject desired) => [Put(desired, null)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(NeighbourObject from, NeighbourObject to) => [Put(to, from)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(NeighbourObject desired, RemovalScope scope) => scope.Takes(desired.Namespace, desired.Link)
        ? []
        :
        [
            new NetlinkStep(
                ApplyPhase.Neighbours, desired, () => $"{IpCommand.In(desired.Namespace)} neigh del {desired.Address} dev {desired.Link}")
            {
                Namespace = desired.Namespace,
                Link = desired.Link,
                Request = (_, link) => NeighbourRequests.Delete(link, desired.Address),
            },
        ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<NeighbourObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        HashSet<(string Link, IPAddress Address)> wanted =
        [
            .. desired.Where(entry => entry.Namespace.IsHost).Select(entry => (entry.Link, entry.Address)),
        ];
        foreach (NeighbourObject entry in desired)
        {
            ObservedNamespace? seen = kernel.Of(entry.Namespace);
            NeighbourMessage? found = seen?.Link(entry.Link) is { } link
                ? seen.Neighbours.FirstOrDefault(candidate => candidate.Header.LinkIndex == link.Index
                    && entry.Address.Equals(candidate.Destination))
                : null;
            if (found is null && seen?.IsSetDown(entry.Link) == true)
            {
                continue;
            }

            if (found is null || found.Header.State != NeighbourState.Permanent)
            {
                difference.Missing(entry);
            }
            else if (found.LinkAddress != Hardware.Of(entry.MacAddress))
            {
                difference.Different(entry, [$"it is at {found.LinkAddress}"]);
            }
        }

        foreach (NeighbourMessage found in kernel.Host.Neighbours.Where(entry => entry.Header.State == NeighbourState.Permanent))
        {
            if (kernel.Host.Link(found.Header.LinkIndex) is { } link
                && LinkMark.IsOurs(link)
                && found.Destination is { } destination
                && !wanted.Contains((link.Name!, destination)))
            {
                var removable = new NeighbourObject
                {
                    Owner = new OwnerId(OwnerKind.Network, link.Alias ?? ""),
                    Namespace = NamespaceRef.Host,
                    Link = link.Name!,
                    Address = destination,
                    MacAddress = default(MacAddress),
                };
                difference.Leftover(new ObjectLeftover(Leftover, $"{destination} dev {link.Name}", removable));
            }
        }
    }

    private static NetlinkStep Put(NeighbourObject desired, NeighbourObject? before) =>
        new(ApplyPhase.Neighbours, desired, () => Command(desired))
        {
            Namespace = desired.Namespace,
            Link = desired.Link,
            Request = (_, link) => Set(desired, link),
            Inverse = (_, link) => before is null ? NeighbourRequests.Delete(link, desired.Address) : Set(before, link),
        };

    private static NetlinkRequest Set(NeighbourObject desired, int link) =>
        NeighbourRequests.SetPermanent(link, desired.Address, Hardware.Of(desired.MacAddress));

    private static string Command(NeighbourObject desired) =>
        $"{IpCommand.In(desired.Namespace)} neigh replace {desired.Address} lladdr {desired.MacAddress} dev {desired.Link} nud permanent";
}
