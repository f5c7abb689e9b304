using System.Net.Sockets;
using Net.Cnm.DesiredState;

namespace Net.Kernel.Ports;

/// <summary>The sockets that hold host ports, by the key of what wants them.</summary>
internal sealed class HeldPortTable : IDisposable
{
    private readonly Dictionary<string, (HeldPort Port, Socket Socket)> _held = new(StringComparer.Ordinal);

    /// <summary>All ports that are held.</summary>
    public IEnumerable<HeldPort> Ports => _held.Values.Select(entry => entry.Port);

    /// <summary>Whether the port is held.</summary>
    public bool Holds(HeldPort port) => _held.ContainsKey(port.Key);

    /// <summary>Takes a socket that holds the port.</summary>
    public void Add(HeldPort port, Socket socket) => _held.Add(port.Key, (port, socket));

    /// <summary>Lets the port go; nothing happens when it is not held.</summary>
    public void Release(HeldPort port)
    {
        if (_held.Remove(port.Key, out (HeldPort Port, Socket Socket) entry))
        {
            entry.Socket.Dispose();
        }
    }

    /// <summary>Lets all ports go.</summary>
    public void Dispose()
    {
        foreach ((_, Socket socket) in _held.Values)
        {
            socket.Dispose();
        }

        _held.Clear();
    }
}
