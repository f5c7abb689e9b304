using System.Net;
using System.Net.Sockets;
using Net.Cnm.Identifiers;

namespace Net.Cnm.Ports;

/// <summary>Which sandbox has published which host port. Looking one up costs the same whatever the number of ports in it.</summary>
/// <remarks>Not thread-safe: the controller is its one owner.</remarks>
public sealed class HostPortTable
{
    private readonly Dictionary<(PortProtocol, ushort, AddressFamily), List<(IPAddress Address, SandboxId Holder)>> _byPort = [];

    /// <summary>Notes that a sandbox has a port. A mapping noted twice counts once.</summary>
    public void Add(SandboxId holder, PortMapping mapping)
    {
        (PortProtocol Protocol, ushort HostPort, AddressFamily AddressFamily) key = (mapping.Protocol, mapping.HostPort, mapping.HostAddress.AddressFamily);
        if (!_byPort.TryGetValue(key, out List<(IPAddress, SandboxId)>? holders))
        {
            _byPort[key] = holders = [];
        }

        if (!holders.Contains((mapping.HostAddress, holder)))
        {
            holders.Add((mapping.HostAddress, holder));
        }
    }

    /// <summary>Forgets it again; nothing happens when it was not noted.</summary>
    public void Remove(SandboxId holder, PortMapping mapping)
    {
        (PortProtocol Protocol, ushort HostPort, AddressFamily AddressFamily) key = (mapping.Protocol, mapping.HostPort, mapping.HostAddress.AddressFamily);
        if (_byPort.TryGetValue(key, out List<(IPAddress, SandboxId)>? holders)
            && holders.Remove((mapping.HostAddress, holder))
            && holders.Count == 0)
        {
            _byPort.Remove(key);
        }
    }

    /// <summary>Who has a port that clashes with this one, or null when it is free.</summary>
    /// <param name="address">The host address; all addresses of a family (0.0.0.0 or ::) clash with each one of it, never with the other
    /// family.</param>
    /// <param name="port">The host port.</param>
    /// <param name="protocol">The transport protocol; the same number of another one does not clash.</param>
    public SandboxId? HolderOf(IPAddress address, ushort port, PortProtocol protocol)
    {
        if (_byPort.TryGetValue((protocol, port, address.AddressFamily), out List<(IPAddress Address, SandboxId Holder)>? holders))
        {
            foreach ((IPAddress taken, SandboxId holder) in holders)
            {
                if (Clash(taken, address))
                {
                    return holder;
                }
            }
        }

        return null;
    }

    private static bool Clash(IPAddress a, IPAddress b) => a.Equals(b) || IsAny(a) || IsAny(b);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
