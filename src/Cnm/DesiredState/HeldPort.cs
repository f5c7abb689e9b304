using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.DesiredState;

/// <summary>
/// A host port, or a run of consecutive ones, kept from other programs by sockets of the daemon's: listening (TCP, SCTP), or bound without
/// SO_REUSEADDR (UDP). What the kernel cannot translate arrives at these sockets, and is forwarded from them.
/// </summary>
public sealed record HeldPort : DesiredObject
{
    /// <summary>The host address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of a family.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The first port.</summary>
    public required ushort Port { get; init; }

    /// <summary>How many consecutive ports. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>Whether sockets on <see cref="IPAddress.IPv6Any"/> hold the port of all IPv4 addresses too: one descriptor for both
    /// families.</summary>
    public bool DualStack { get; init; }

    /// <summary>The container's address that what arrives is forwarded to, IPv6 if it has one; null to forward nothing. Connections not
    /// forwarded are closed.</summary>
    public IPAddress? ForwardAddress { get; init; }

    /// <summary>The container's port that <see cref="Port"/> is forwarded to; the next one follows the next.</summary>
    public ushort ForwardPort { get; init; }

    /// <summary>Whether all that comes by IPv6 is forwarded, for a container without IPv6; otherwise only what comes to ::1, which the
    /// kernel does not route.</summary>
    public bool ForwardAllIPv6 { get; init; }

    /// <inheritdoc/>
    public override string Key => $"held-port:{Address}:{Port}/{Protocol.ToWord()}";
}
