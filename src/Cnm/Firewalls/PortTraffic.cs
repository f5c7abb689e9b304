namespace Net.Cnm.Firewalls;

/// <summary>The counters of the rule of a published port, counted since the rule was installed.</summary>
/// <param name="Port">The published port.</param>
/// <param name="Packets">The number of packets that the rule translated. It sees the first packet of each connection only: the kernel's
/// connection tracking translates the others in the same way.</param>
/// <param name="Bytes">The number of bytes of these packets, IP headers included.</param>
public sealed record PortTraffic(PublishedPort Port, ulong Packets, ulong Bytes);
