using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Hosts;

namespace Net.Drivers.Bridge;

/// <summary>Checks the subnets of a new network against the host's routes. The kernel routes each subnet to the network's bridge, so the
/// host can no longer be on it by another link, and may no longer reach it by a gateway.</summary>
internal static class BridgeSubnets
{
    /// <summary>Refuses a network without a subnet of a family that it has: the bridge needs an address.</summary>
    /// <exception cref="Net.Cnm.Errors.CnmException">InvalidParameter: the IPAM driver has assigned none.</exception>
    public static void RequireAll(BridgeNetwork network)
    {
        string? family = network.Network.EnableIPv4 && network.IPv4 is null ? "ipv4"
            : network.Network.EnableIPv6 && network.IPv6 is null ? "ipv6"
            : null;
        if (family is not null)
        {
            throw BridgeErrors.NoSubnet(network.Network, family);
        }
    }

    /// <summary>A sentence for each route by a gateway to one of the subnets or to a part of it. A less specific route is no problem: the
    /// subnet is an exception to it.</summary>
    /// <exception cref="Net.Cnm.Errors.CnmException">Conflict: the host itself is on a subnet that overlaps one of them.</exception>
    public static IReadOnlyList<string> Check(BridgeNetwork network)
    {
        var warnings = new List<string>();
        foreach (IPNetwork subnet in network.Network.Pools.Select(pool => pool.Subnet))
        {
            foreach (HostRoute route in network.Host.Routes.Where(route => Subnets.Overlap(route.Destination, subnet) && !IsOwn(route)))
            {
                if (route.IsConnected)
                {
                    throw BridgeErrors.HostIsOn(network.Network, subnet, route);
                }

                if (Subnets.Covers(subnet, route.Destination))
                {
                    warnings.Add(
                        $"network {network.Network.Name}: subnet {subnet} overlaps the host's route {route}, so that the host reaches "
                            + "either what is behind the route or containers with the same addresses; remove the route or choose another "
                            + "--subnet");
                }
            }
        }

        return warnings;

        // The host is on the subnet by the bridge itself, which another program gave an address.
        bool IsOwn(HostRoute route) => network.Adopts && route.Link == network.Bridge;
    }
}
