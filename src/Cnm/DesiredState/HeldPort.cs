using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.DesiredState;

/// <summary>A host port kept from other programs by a socket of the daemon's: listening (TCP), or bound without SO_REUSEADDR (UDP).</summary>
public sealed record HeldPort : DesiredObject
{
    /// <summary>The host address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> (IPv6 only) for all of a family.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <inheritdoc/>
    public override string Key => $"held-port:{Address}:{Port}/{Protocol.ToWord()}";
}
