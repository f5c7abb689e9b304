namespace Net.Cnm.Firewalls;

/// <summary>What a published port's rule has counted since it was put there.</summary>
/// <param name="Port">The port.</param>
/// <param name="Packets">Packets that the rule translated: the first of each connection, since the kernel translates the others by that
/// one.</param>
/// <param name="Bytes">Their bytes, IP headers included.</param>
public sealed record PortTraffic(PublishedPort Port, ulong Packets, ulong Bytes);
