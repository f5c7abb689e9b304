using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Ports;

namespace Net.Controller.Plans;

/// <summary>The endpoints through which a sandbox's ports are published: in each address family the one with the highest
/// priority, of equals the one that was connected first, among those that can publish and have a way out. The
/// sandbox's answers leave through the same endpoint.</summary>
/// <param name="IPv4">The endpoint for IPv4, or null.</param>
/// <param name="IPv6">The endpoint for IPv6, or null.</param>
internal sealed record PortCarriers(Endpoint? IPv4, Endpoint? IPv6)
{
    /// <summary>The endpoint for ports that the daemon forwards: that of IPv6 when there is one. Null when nothing can be
    /// published.</summary>
    public Endpoint? Any => IPv6 ?? IPv4;

    /// <summary>The ports that an endpoint carries.</summary>
    public IReadOnlyList<PortMapping> PortsOf(Endpoint endpoint, IReadOnlyList<PortMapping> ports) =>
        [.. ports.Where(p => CarrierOf(p)?.Id == endpoint.Id)];

    private Endpoint? CarrierOf(PortMapping port) =>
        port.HostAddress.AddressFamily == AddressFamily.InterNetwork ? IPv4
        : port.Delivery == PortDelivery.Forwarder ? Any
        : IPv6;
}
