namespace Net.Cnm.Ports;

/// <summary>A port that a container serves, or a run of consecutive ones.</summary>
/// <param name="Port">The first port, 1 to 65535.</param>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Count">How many; the last is at most 65535.</param>
public sealed record ExposedPort(ushort Port, PortProtocol Protocol, ushort Count = 1);
