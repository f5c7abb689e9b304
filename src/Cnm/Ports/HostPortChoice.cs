namespace Net.Cnm.Ports;

/// <summary>The host ports chosen for a container.</summary>
/// <param name="Mappings">In the order of the specifications: one a host address, or one a port and address where no run was free.</param>
/// <param name="NextCursor">Where the next picking should start.</param>
public sealed record HostPortChoice(IReadOnlyList<PortMapping> Mappings, ushort NextCursor);
