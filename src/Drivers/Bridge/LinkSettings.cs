using Net.Cnm.DesiredState;

namespace Net.Drivers.Bridge;

/// <summary>Settings of one link, written before it comes up.</summary>
internal static class LinkSettings
{
    /// <summary>No IPv6 router and no redirect that another machine tells of is believed: a container must not give the host a route
    /// through itself, nor one container another. Nothing where the kernel has no IPv6.</summary>
    public static IEnumerable<SysctlObject> BelieveNoRouter(BridgeNetwork network, OwnerId owner, NamespaceRef place, string link) =>
        network.Host.IPv6Available
            ? [Setting(owner, place, "ipv6", link, "accept_ra", "0"), Setting(owner, place, "ipv6", link, "accept_redirects", "0")]
            : [];

    /// <summary>One setting below <c>net/FAMILY/conf/LINK</c>.</summary>
    public static SysctlObject Setting(OwnerId owner, NamespaceRef place, string family, string link, string name, string value) => new()
    {
        Owner = owner,
        Namespace = place,
        Path = $"net/{family}/conf/{link}/{name}",
        Value = value,
        Link = link,
    };
}
