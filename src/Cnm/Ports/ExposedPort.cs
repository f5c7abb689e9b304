namespace Net.Cnm.Ports;

/// <summary>A port on which a container serves, or a run of consecutive ports.</summary>
/// <param name="Port">The first port, 1 to 65535.</param>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Count">The number of consecutive ports; the last of them is at most 65535.</param>
public sealed record ExposedPort(ushort Port, PortProtocol Protocol, ushort Count = 1);
