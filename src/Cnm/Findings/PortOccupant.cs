using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Findings;

/// <summary>A socket of another program on a host port.</summary>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Port">The port.</param>
/// <param name="Address">The address that the socket is bound to.</param>
/// <param name="Program">The program with its process id, such as <c>nginx (pid 812)</c>; null when it is not visible.</param>
public sealed record PortOccupant(PortProtocol Protocol, ushort Port, IPAddress Address, string? Program);
