namespace Net.Cnm.Ports;

/// <summary>The host ports chosen for a container.</summary>
/// <param name="Mappings">The mappings, in the order of the specifications. A specification gets one mapping per host address; where no
/// consecutive run was free, it gets one per port and host address.</param>
/// <param name="NextCursor">The host port at which the next choice should start (<see cref="HostPortRules.Cursor"/>).</param>
public sealed record HostPortChoice(IReadOnlyList<PortMapping> Mappings, ushort NextCursor);
