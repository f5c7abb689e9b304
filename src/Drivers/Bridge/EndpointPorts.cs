using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;

namespace Net.Drivers.Bridge;

/// <summary>The endpoint's published ports: each kept from other programs, and sent to the container's address of the same family.</summary>
internal static class EndpointPorts
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint, IReadOnlyList<PortMapping> ports)
    {
        foreach (PortMapping port in ports)
        {
            yield return new HeldPort
            {
                Owner = OwnerId.Of(endpoint.Id),
                Address = port.HostAddress,
                Port = port.HostPort,
                Protocol = port.Protocol,
            };

            // Destination NAT does not change family: a port on [::] of a container without IPv6 is held and no more.
            if (AddressFor(endpoint, port) is { } address)
            {
                yield return new PublishedPort
                {
                    Owner = OwnerId.Of(endpoint.Id),
                    Bridge = network.Bridge,
                    Protocol = port.Protocol,
                    HostAddress = port.HostAddress,
                    HostPort = port.HostPort,
                    ContainerAddress = address,
                    ContainerPort = port.ContainerPort,
                };
            }
        }
    }

    private static IPAddress? AddressFor(Endpoint endpoint, PortMapping port) =>
        (port.HostAddress.AddressFamily == AddressFamily.InterNetworkV6 ? endpoint.IPv6 : endpoint.IPv4)?.Address;
}
