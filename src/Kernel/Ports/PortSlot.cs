using System.Net;
using System.Net.Sockets;
using Net.Cnm.Ports;

namespace Net.Kernel.Ports;

/// <summary>One port of one family: what a socket, or one side of a dual-stack socket, holds.</summary>
/// <param name="Address">The host address, or the family's unspecified address for all.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">The protocol.</param>
internal readonly record struct PortSlot(IPAddress Address, ushort Port, PortProtocol Protocol)
{
    /// <summary>Whether the address is IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    private bool IsAny => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>The address as it is written before a port: IPv6 in brackets.</summary>
    public string AddressText => IsIPv6 ? $"[{Address}]" : Address.ToString();

    /// <summary>Whether the kernel lets only one of two slots be held: the port is the same, and an address of one is among those of the
    /// other.</summary>
    public bool Overlaps(PortSlot other) =>
        Port == other.Port
            && Protocol == other.Protocol
            && IsIPv6 == other.IsIPv6
            && (IsAny || other.IsAny || Address.Equals(other.Address));

    /// <inheritdoc/>
    public override string ToString() => $"port {Port}/{Protocol.ToWord()} on {AddressText}";
}
