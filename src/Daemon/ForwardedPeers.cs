using System.Net;
using Net.Controller.Models;

namespace Net.Daemon;

/// <summary>Who may reach published ports by the forwarder: the rules of the firewall do not see what it connects to.</summary>
internal static class ForwardedPeers
{
    /// <summary>Whether a sender is not on an internal network, whose containers reach nothing outside it. The gateway there is the host itself.</summary>
    public static bool Admits(ModelSnapshot snapshot, IPAddress peer) =>
        !snapshot.Networks.Any(network => network.Internal && network.Pools.Any(pool => pool.Subnet.Contains(peer) && !peer.Equals(pool.Gateway)));
}
