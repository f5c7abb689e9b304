using System.Net;
using System.Net.Sockets;
using Net.Cnm.Ports;

namespace Net.Kernel.Ports;

/// <summary>One port of one family: what a socket, or one side of a dual-stack socket, holds.</summary>
/// <param name="Address">The host address, or all of a family.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">The protocol.</param>
internal readonly record struct PortSlot(IPAddress Address, ushort Port, PortProtocol Protocol)
{
    /// <summary>Whether it is of IPv6.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The address, as it stands before a port.</summary>
    public string AddressText => IsIPv6 ? $"[{Address}]" : Address.ToString();

    /// <inheritdoc/>
    public override string ToString() => $"port {Port}/{Protocol.ToWord()} on {AddressText}";
}
