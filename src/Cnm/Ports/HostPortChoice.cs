namespace Net.Cnm.Ports;

/// <summary>The host ports chosen for a container.</summary>
/// <param name="Mappings">One a specification and family, in the order of the specifications, IPv4 before IPv6.</param>
/// <param name="NextCursor">Where the next picking should start.</param>
public sealed record HostPortChoice(IReadOnlyList<PortMapping> Mappings, ushort NextCursor);
