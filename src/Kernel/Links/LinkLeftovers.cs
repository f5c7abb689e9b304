using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Finds links of ours in the daemon's namespace that nothing wants, such as those that a killed daemon left behind.</summary>
internal static class LinkLeftovers
{
    private const string Kind = "link";

    /// <summary>Adds each of them to the difference.</summary>
    public static void Find(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        HashSet<string> wanted =
        [
            .. desired.Where(wish => wish is HostLink or SandboxLink).SelectMany(link => link.Places).Where(place => place.Namespace.IsHost)
                .Select(place => place.Link!),
        ];
        foreach (LinkMessage link in kernel.Host.Links)
        {
            if (LinkMark.IsOurs(link) && !wanted.Contains(link.Name!))
            {
                difference.Leftover(new ObjectLeftover(Kind, link.Name!, Removable(link)));
            }
        }
    }

    private static StrayLink Removable(LinkMessage link) => new()
    {
        Owner = new OwnerId(OwnerKind.Network, link.Alias ?? ""),
        Name = link.Name!,
        KernelKind = link.Info?.Kind ?? "",
    };
}
