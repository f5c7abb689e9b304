namespace Net.Cnm.Hosts;

/// <summary>A bridge in the daemon's namespace that another program made.</summary>
/// <param name="Name">Its interface name.</param>
/// <param name="Mtu">Its MTU in bytes.</param>
public sealed record HostBridge(string Name, int Mtu);
