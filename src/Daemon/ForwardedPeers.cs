using System.Net;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Drivers.Bridge;

namespace Net.Daemon;

/// <summary>Decides which senders may reach published ports by the forwarder: the firewall's rules do not see the connections that the
/// forwarder makes.</summary>
/// <param name="model">The live model.</param>
/// <param name="linkName">The name of the host's link with an index; null when there is none.</param>
internal sealed class ForwardedPeers(CnmModel model, Func<uint, string?> linkName)
{
    /// <summary>Whether a sender is outside of every internal network, whose containers reach nothing beyond it. The gateway of such a
    /// network is the host itself.</summary>
    /// <remarks>A link-local address is the same on every link, so its sender is known by the link that it came in by, which is the
    /// address's scope: every container on an internal network's bridge is refused. So is who came by a link that is gone.</remarks>
    public bool Admits(IPAddress peer) => peer.IsIPv6LinkLocal
        ? linkName((uint)peer.ScopeId) is { } link && !model.Current.Networks.Any(network => network.Internal && IsOn(network, link))
        : !model.Current.Networks.Any(
            network => network.Internal && network.Pools.Any(pool => pool.Subnet.Contains(peer) && !peer.Equals(pool.Gateway)));

    private static bool IsOn(Network network, string link) =>
        BridgeOptions.TryParse(network, out BridgeOptions? options, out _) && BridgeNames.Bridge(network, options) == link;
}
