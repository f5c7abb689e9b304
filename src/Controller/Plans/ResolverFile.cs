using Net.Cnm.Networks;
using Net.Controller.Names;
using Net.Dns.Files;

namespace Net.Controller.Plans;

/// <summary>The text of a sandbox's /etc/resolv.conf: resolv.conf(5).</summary>
internal static class ResolverFile
{
    /// <summary>The text. On a network with names it names the embedded resolver, on the default bridge the host's servers that are
    /// reachable from there, and without a network it is a copy of the host's file.</summary>
    public static string For(IReadOnlyList<Network> networks, ResolvConf host, ResolverOverrides overrides)
    {
        if (networks.Any(EndpointNames.AreServedOn))
        {
            return ContainerResolvConf.ForUserNetwork(host, overrides).Format();
        }

        return networks.FirstOrDefault(n => n.IsDefaultBridge) is { } bridge
            ? ContainerResolvConf.ForDefaultBridge(host, overrides, bridge.EnableIPv6).Format()
            : ContainerResolvConf.ForNoNetwork(host, overrides).Format();
    }
}
