using Net.Cnm.DesiredState;

namespace Net.Kernel.Links;

/// <summary>The IPv6 settings of a pair's two ends. The host end never has IPv6. The other end has it when its endpoint has, also where the
/// host has IPv6 off for new links (net.ipv6.conf.default.disable_ipv6=1) and new namespaces take that over
/// (net.core.devconf_inherit_init_net=1).</summary>
internal static class VethSysctls
{
    /// <summary>The settings: where, the path below /proc/sys, the value. None where the MTU leaves no IPv6.</summary>
    /// <param name="veth">The pair.</param>
    /// <param name="withPeer">Whether the other end's is among them.</param>
    public static IEnumerable<(NamespaceRef Where, string Path, string Value)> Of(VethPair veth, bool withPeer = true)
    {
        if (!LinkMtu.HasIPv6Settings(veth.Mtu))
        {
            yield break;
        }

        yield return (NamespaceRef.Host, $"net/ipv6/conf/{veth.Name}/disable_ipv6", "1");
        if (withPeer)
        {
            yield return (veth.PeerNamespace, $"net/ipv6/conf/{veth.PeerName}/disable_ipv6", veth.PeerIPv6 ? "0" : "1");
        }
    }
}
