using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Drivers.Bridge;

/// <summary>Describes the endpoint's published ports: each is held by sockets, and translated or forwarded to the container's address; in a
/// routed network it is opened on that address.</summary>
internal static class EndpointPorts
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint, IReadOnlyList<PortMapping> ports)
    {
        foreach (PortMapping port in ports)
        {
            if (port.Delivery != PortDelivery.Routing)
            {
                yield return Held(network, endpoint, port);
            }

            if (port.Delivery != PortDelivery.Forwarder)
            {
                yield return Rule(network, endpoint, port, IsIPv6(port) ? endpoint.IPv6?.Address : endpoint.IPv4?.Address);
            }
        }
    }

    private static FirewallPolicy Rule(BridgeNetwork network, Endpoint endpoint, PortMapping port, IPAddress? address)
    {
        if (address is null)
        {
            throw new ArgumentException($"endpoint {endpoint.Id} has no address of the family of {port}", nameof(endpoint));
        }

        return port.Delivery == PortDelivery.Routing
            ? new OpenPort
            {
                Owner = OwnerId.Of(endpoint.Id),
                Bridge = network.Bridge,
                Protocol = port.Protocol,
                ContainerAddress = address,
                ContainerPort = port.ContainerPort,
                Count = port.Count,
            }
            : new PublishedPort
            {
                Owner = OwnerId.Of(endpoint.Id),
                Bridge = network.Bridge,
                Protocol = port.Protocol,
                HostAddress = port.HostAddress,
                HostPort = port.HostPort,
                ContainerAddress = address,
                ContainerPort = port.ContainerPort,
                Count = port.Count,
            };
    }

    private static HeldPort Held(BridgeNetwork network, Endpoint endpoint, PortMapping port)
    {
        // The kernel translates nothing that comes to ::1 or from a link-local address, so an IPv6 port needs the forwarder even where the
        // kernel translates all else.
        bool forwards = port.Delivery == PortDelivery.Forwarder || (IsIPv6(port) && port.Protocol != PortProtocol.Sctp);
        return new HeldPort
        {
            Owner = OwnerId.Of(endpoint.Id),
            Address = port.HostAddress,
            Port = port.HostPort,
            Count = port.Count,
            Protocol = port.Protocol,
            ForwardAddress = forwards
                ? (network.OwnGateway(ipv6: true) is null ? endpoint.IPv4 : endpoint.IPv6 ?? endpoint.IPv4)?.Address
                : null,
            ForwardPort = forwards ? port.ContainerPort : (ushort)0,
            ForwardAllIPv6 = port.Delivery == PortDelivery.Forwarder && !port.HostAddress.Equals(IPAddress.IPv6Loopback),
        };
    }

    private static bool IsIPv6(PortMapping port) => port.HostAddress.AddressFamily == AddressFamily.InterNetworkV6;
}
