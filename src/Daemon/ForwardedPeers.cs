using System.Net;
using Net.Controller.Models;

namespace Net.Daemon;

/// <summary>Decides which senders may reach published ports by the forwarder: the firewall's rules do not see the connections that the
/// forwarder makes.</summary>
/// <param name="model">The live model.</param>
internal sealed class ForwardedPeers(CnmModel model)
{
    /// <summary>Whether a sender is outside of every internal network, whose containers reach nothing beyond it. The gateway of such a
    /// network is the host itself.</summary>
    public bool Admits(IPAddress peer) => !model.Current.Networks.Any(
        network => network.Internal && network.Pools.Any(pool => pool.Subnet.Contains(peer) && !peer.Equals(pool.Gateway)));
}
