using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Drivers.Bridge;

/// <summary>Builds the errors for networks that a bridge cannot be.</summary>
internal static class BridgeErrors
{
    public static CnmException NoIPv6(Network network) =>
        new(
            CnmErrorKind.Unavailable,
            $"network \"{network.Name}\": IPv6 was asked for and this kernel has none; boot without ipv6.disable=1, or create the " +
            "network without --ipv6");

    public static CnmException HostIsOn(Network network, IPNetwork subnet, HostRoute route) =>
        new(
            CnmErrorKind.Conflict,
            $"network \"{network.Name}\": subnet {subnet} overlaps {route.Destination}, which the host is on by {route.Link}; choose " +
            "another with --subnet");

    public static CnmException NoSubnet(Network network, string family) =>
        new(
            CnmErrorKind.InvalidParameter,
            $"network \"{network.Name}\": {family} pool is empty: a bridge needs a subnet and IPAM driver {network.IpamDriver} gives none; "
            + "choose another --ipam-driver");

    public static CnmException TooManySubnets(Network network, string family) =>
        new(
            CnmErrorKind.InvalidParameter,
            $"network \"{network.Name}\": a bridge has one {family} subnet and " +
            $"{network.Pools.Count(p => p.IsIPv6 == (family == "IPv6"))} were asked for; "
            + "create another network for the others");
}
