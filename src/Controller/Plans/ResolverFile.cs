using Net.Cnm.Networks;
using Net.Controller.Names;
using Net.Dns.Files;

namespace Net.Controller.Plans;

/// <summary>The text of a sandbox's /etc/resolv.conf: resolv.conf(5).</summary>
internal static class ResolverFile
{
    /// <summary>The embedded resolver on a network with names, the host's reachable servers on the default bridge, a copy of the host's without a network.</summary>
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
