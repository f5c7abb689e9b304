using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Links of ours in the daemon's namespace that nothing wants.</summary>
internal static class LinkLeftovers
{
    private const string Kind = "link";

    /// <summary>Finds them among all links of the daemon's namespace.</summary>
    public static void Find(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        HashSet<string> wanted = [.. desired.OfType<BridgeLink>().Select(bridge => bridge.Name), .. desired.OfType<VethPair>().Select(veth => veth.HostName)];
        foreach (LinkMessage link in kernel.Host.Links)
        {
            if (LinkMark.IsOurs(link) && !wanted.Contains(link.Name!))
            {
                difference.Leftover(new KernelLeftover(Kind, link.Name!, link.Alias ?? ""));
            }
        }
    }

    /// <summary>A bridge of that name and owner: what is needed to remove a link, of whatever kind.</summary>
    public static DesiredObject? Read(KernelLeftover leftover) => leftover.Kind != Kind
        ? null
        : new BridgeLink { Owner = new OwnerId(OwnerKind.Network, leftover.Tag), Name = leftover.Name, MacAddress = default(MacAddress), IPv6 = false };
}
