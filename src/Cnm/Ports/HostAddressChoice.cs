using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;

namespace Net.Cnm.Ports;

/// <summary>Chooses the host addresses on which a port is published, and how traffic from each address is delivered to the
/// container.</summary>
internal static class HostAddressChoice
{
    /// <summary>Returns one mapping per host address, at least one. The host port of each is 0, since it is chosen later.</summary>
    /// <exception cref="CnmException">InvalidParameter, Unavailable: the port cannot be published on the address; the message names the
    /// reason and a remedy.</exception>
    public static IEnumerable<PortMapping> Of(PortSpec spec, HostPortRules rules)
    {
        RequireUsable(spec, rules);
        if (spec.HostAddress is { } named)
        {
            return [Mapping(spec, named, DeliveryOf(named, spec, rules) ?? throw Impossible(named, spec, rules))];
        }

        PortMapping[] mappings =
        [
            .. rules.DefaultAddresses
                .Select(address => (Address: address, Delivery: IsImplicit(address, rules) ? DeliveryOf(address, spec, rules) : null))
                .Where(chosen => chosen.Delivery is not null)
                .Select(chosen => Mapping(spec, chosen.Address, chosen.Delivery!.Value)),
        ];
        return mappings.Length > 0 ? mappings
            : throw (rules.DefaultAddresses is [var first, ..]
                ? Impossible(first, spec, rules)
                : new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"container port {spec.ContainerPorts} cannot be published: each of its networks has a host binding of the other's " +
                    "family; name a host address"));
    }

    /// <summary>Rejects a specification for an address to which the kernel lets a socket bind, but whose traffic cannot be delivered to one
    /// container.</summary>
    /// <exception cref="CnmException">InvalidParameter: the message names the address, the reason and a remedy.</exception>
    public static void RequireUsable(PortSpec spec, HostPortRules rules)
    {
        foreach (IPAddress address in spec.HostAddress is { } one ? [one] : rules.DefaultAddresses)
        {
            if (SharedAddress.WhyNotOwn(address, rules.BroadcastAddresses) is { } why)
            {
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"container port {spec.ContainerPorts} cannot be published on {Shown(address)}: {why}; publish it on another address " +
                    "of this host");
            }
        }
    }

    /// <summary>Formats an address for a message, IPv6 in brackets.</summary>
    public static string Shown(IPAddress address) => IsIPv6(address) ? $"[{address}]" : address.ToString();

    // Where IPv4 is routed, a port takes no host port. Without a named address the user has not asked for a host port on IPv6 either.
    private static bool IsImplicit(IPAddress address, HostPortRules rules) => !IsIPv6(address) || rules.IPv6 || !rules.RoutedIPv4;

    private static PortDelivery? DeliveryOf(IPAddress address, PortSpec spec, HostPortRules rules)
    {
        if (!IsIPv6(address))
        {
            return !rules.IPv4 ? null : rules.RoutedIPv4 ? PortDelivery.Routing : PortDelivery.Translation;
        }

        if (rules.IPv6 && rules.RoutedIPv6)
        {
            return PortDelivery.Routing;
        }

        // The kernel does not route ::1, so packets to it cannot be translated to a container.
        return rules.IPv6 && !IPAddress.IPv6Loopback.Equals(address) ? PortDelivery.Translation
            : rules.HostIPv6 && spec.Protocol != PortProtocol.Sctp ? PortDelivery.Forwarder
            : null;
    }

    private static PortMapping Mapping(PortSpec spec, IPAddress address, PortDelivery delivery) => new()
    {
        HostAddress = delivery != PortDelivery.Routing ? address : IsIPv6(address) ? IPAddress.IPv6Any : IPAddress.Any,
        HostPort = 0,
        ContainerPort = spec.ContainerPort,
        Count = spec.Count,
        Protocol = spec.Protocol,
        Delivery = delivery,
    };


    private static CnmException Impossible(IPAddress address, PortSpec spec, HostPortRules rules)
    {
        string port = $"container port {spec.ContainerPorts} cannot be published on {Shown(address)}";
        return !IsIPv6(address)
            ? new CnmException(
                CnmErrorKind.InvalidParameter,
                $"{port}: the container has no IPv4 address; publish it on an IPv6 address or use a network with IPv4")
            : !rules.HostIPv6
            ? new CnmException(
                CnmErrorKind.Unavailable, $"{port}: this kernel has no IPv6; publish it on an IPv4 address, or boot without ipv6.disable=1")
            : new CnmException(
                CnmErrorKind.InvalidParameter,
                rules.IPv6
                    ? $"{port}: the kernel does not route ::1 and SCTP is not forwarded; publish it on another address"
                    : $"{port}: the container has no IPv6 address and SCTP is not forwarded; publish it on an IPv4 address or use a " +
                        "network with IPv6");
    }

    private static bool IsIPv6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}
