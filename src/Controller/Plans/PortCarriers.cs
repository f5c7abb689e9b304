using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Ports;

namespace Net.Controller.Plans;

/// <summary>Through which endpoints a sandbox's ports are published: in each family the first connected that can publish and has a way out, which is where
/// the sandbox's answers leave.</summary>
/// <param name="IPv4">The one for IPv4, or null.</param>
/// <param name="IPv6">The one for IPv6, or null.</param>
internal sealed record PortCarriers(Endpoint? IPv4, Endpoint? IPv6)
{
    /// <summary>The one that forwarded ports go to: IPv6 when there is one. Null when nothing can be published.</summary>
    public Endpoint? Any => IPv6 ?? IPv4;

    /// <summary>Those of the ports that an endpoint carries.</summary>
    public IReadOnlyList<PortMapping> PortsOf(Endpoint endpoint, IReadOnlyList<PortMapping> ports) => [.. ports.Where(p => CarrierOf(p)?.Id == endpoint.Id)];

    private Endpoint? CarrierOf(PortMapping port) =>
        port.HostAddress.AddressFamily == AddressFamily.InterNetwork ? IPv4
        : port.Delivery == PortDelivery.Forwarder ? Any
        : IPv6;
}
