using System.Net;
using System.Net.Sockets;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Ports;

namespace Net.Controller.Plans;

/// <summary>The published ports of a sandbox on an endpoint through which it does not publish them, because its way out is another: on a
/// routed network they are open on the endpoint's own address all the same. Answers leave by the sandbox's default route.</summary>
internal static class RoutedPorts
{
    /// <summary>The ports to open, in runs that do not overlap.</summary>
    /// <param name="network">The endpoint's network as its driver reads it.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="carriers">The endpoints through which the sandbox publishes its ports.</param>
    /// <param name="ports">All published ports of the sandbox. A port that is published on loopback is for the host alone and is not
    /// opened.</param>
    public static IEnumerable<PortMapping> Of(
        IDriverNetwork network, Endpoint endpoint, PortCarriers carriers, IReadOnlyList<PortMapping> ports) =>
        ((bool[])[false, true])
            .Where(ipv6 => network.IsRouted(ipv6)
                && (ipv6 ? endpoint.IPv6 : endpoint.IPv4) is not null
                && (ipv6 ? carriers.IPv6 : carriers.IPv4)?.Id != endpoint.Id)
            .SelectMany(ipv6 => Open(ports.Where(port =>
                port.HostAddress.AddressFamily == (ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork)
                    && !IPAddress.IsLoopback(port.HostAddress)), ipv6 ? IPAddress.IPv6Any : IPAddress.Any));

    private static IEnumerable<PortMapping> Open(IEnumerable<PortMapping> ports, IPAddress any)
    {
        PortMapping? last = null;
        foreach (PortMapping port in ports.OrderBy(port => port.Protocol).ThenBy(port => port.ContainerPort))
        {
            if (last is not null && last.Protocol == port.Protocol && port.ContainerPort < last.ContainerPort + last.Count)
            {
                int end = Math.Max(last.ContainerPort + last.Count, port.ContainerPort + port.Count);
                last = last with { Count = (ushort)(end - last.ContainerPort) };
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = port with { HostAddress = any, HostPort = 0, Delivery = PortDelivery.Routing };
        }

        if (last is not null)
        {
            yield return last;
        }
    }
}
