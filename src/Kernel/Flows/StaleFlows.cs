using System.Net;
using System.Net.Sockets;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Kernel.Flows;

/// <summary>Which tracked UDP connections are of a change's published ports: a NAT rule is asked for a connection's first packet only, and
/// a UDP client that keeps sending never sends a first one again.</summary>
internal sealed class StaleFlows
{
    private readonly ILookup<(AddressFamily Family, ushort Port), (PublishedPort Port, ushort Offset)> _byHostPort;
    private readonly IReadOnlySet<IPAddress> _local;

    /// <summary>Takes the ports of a change.</summary>
    /// <param name="ports">UDP ports that come or go.</param>
    /// <param name="local">The host's own addresses, beside 127.0.0.0/8.</param>
    public StaleFlows(IEnumerable<PublishedPort> ports, IReadOnlySet<IPAddress> local)
    {
        _local = local;
        _byHostPort = ports
            .SelectMany(port => Enumerable.Range(0, port.Count).Select(offset => (Port: port, Offset: (ushort)offset)))
            .ToLookup(one => (one.Port.HostAddress.AddressFamily, (ushort)(one.Port.HostPort + one.Offset)));
    }

    /// <summary>Whether a tracked connection is of one of the ports.</summary>
    public bool Contains(ConntrackMessage flow) =>
        flow is { Original: { Protocol: (byte)PortProtocol.Udp, Destination: { } destination, DestinationPort: { } port } }
        && _byHostPort[(destination.AddressFamily, port)]
            .Any(one => IsAddressed(one.Port, destination) || IsTranslated(one.Port, one.Offset, flow.Reply));

    /// <summary>Whether a tracked connection is of one of the ports and does not reach that port's container.</summary>
    public bool IsAstray(ConntrackMessage flow) =>
        Contains(flow)
        && !_byHostPort[(flow.Original!.Destination!.AddressFamily, flow.Original.DestinationPort!.Value)]
            .Any(one => IsTranslated(one.Port, one.Offset, flow.Reply));

    /// <summary>The filters of the dumps to request from the kernel: one for each family, limited to the port when there is only
    /// one.</summary>
    public IEnumerable<ConntrackFilter> Filters() =>
        _byHostPort.Select(group => group.Key).GroupBy(key => key.Family, key => key.Port).Select(ports =>
        new ConntrackFilter(
            ports.Key == AddressFamily.InterNetwork ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6,
            new ConntrackTuple { Protocol = (byte)PortProtocol.Udp, DestinationPort = ports.Count() == 1 ? ports.First() : null }));

    // A connection that is only routed by the host, to the same port of another machine, is not one of a published port.
    private bool IsAddressed(PublishedPort port, IPAddress destination) =>
        port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any)
            ? IPAddress.IsLoopback(destination) || _local.Contains(destination)
            : port.HostAddress.Equals(destination);

    // Recognizes a connection to an address that the host no longer has, by the address that its replies come from.
    private static bool IsTranslated(PublishedPort port, ushort offset, ConntrackTuple? reply) =>
        reply is { Source: { } source, SourcePort: { } sourcePort }
            && source.Equals(port.ContainerAddress)
            && sourcePort == port.ContainerPort + offset;
}
