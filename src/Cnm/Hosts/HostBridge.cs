namespace Net.Cnm.Hosts;

/// <summary>A bridge in the daemon's namespace that another program made.</summary>
/// <param name="Name">Its interface name.</param>
/// <param name="Mtu">Its MTU in bytes.</param>
public sealed record HostBridge(string Name, int Mtu)
{
    /// <summary>Whether containers and virtual machines alone are connected to it: all its ports are veth, tun or tap devices, or it has
    /// none. A network interface card, a bond, a VLAN or a macvlan device as a port connects it to other machines.</summary>
    public bool HasGuestsOnly { get; init; }
}
