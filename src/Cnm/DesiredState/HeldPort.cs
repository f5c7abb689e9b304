using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.DesiredState;

/// <summary>A host port, or a run of consecutive ports, that sockets of the daemon reserve against other programs: listening sockets (TCP,
/// SCTP), or sockets bound without SO_REUSEADDR (UDP). Packets that the kernel cannot translate arrive at these sockets, and the daemon
/// forwards them.</summary>
public sealed record HeldPort : DesiredObject
{
    /// <summary>The host address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all addresses of a family.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The first host port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The number of consecutive ports. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>Whether the sockets on <see cref="IPAddress.IPv6Any"/> also reserve the port on all IPv4 addresses, so that one descriptor
    /// serves both families. Default false.</summary>
    public bool DualStack { get; init; }

    /// <summary>The container's address to which the daemon forwards, IPv6 if the container has one; null when nothing is forwarded.
    /// Connections that are not forwarded are closed.</summary>
    public IPAddress? ForwardAddress { get; init; }

    /// <summary>The container port to which <see cref="Port"/> is forwarded. The following host ports are forwarded to the following
    /// container ports.</summary>
    public ushort ForwardPort { get; init; }

    /// <summary>Whether all IPv6 traffic is forwarded, for a container without IPv6. When false, only traffic to ::1 and
    /// from link-local addresses is forwarded, which the kernel does not route.</summary>
    public bool ForwardAllIPv6 { get; init; }

    /// <inheritdoc/>
    public override string Key => $"held-port:{Address}:{Port}/{Protocol.ToWord()}";
}
