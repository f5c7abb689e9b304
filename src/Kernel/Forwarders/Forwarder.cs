using System.Net;
using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>Serves the traffic that arrives at held sockets because the kernel did not translate it: to ::1, from a link-local
/// address, or by IPv6 to a container without IPv6.</summary>
/// <remarks>
/// One thread for all sockets; connections are then copied by the thread pool. The container sees an address of the host. Works in
/// the network namespace of the thread that watches the first socket, and enters no other. All connections end with it.
/// </remarks>
internal sealed class Forwarder : IDisposable
{
    private readonly ReadinessLoop _loop;
    private readonly ConnectionForwarder _connections;
    private readonly DatagramForwarder _datagrams;

    /// <summary>Makes a forwarder that watches no socket yet.</summary>
    /// <param name="admits">Whether a sender other than the host itself may reach published ports; called in the forwarder's thread. The
    /// scope of a link-local sender is the index of the link that it came in by.</param>
    /// <param name="limits">The limits of connections, clients and times.</param>
    /// <param name="time">The clock of the limits. The interval between two sweeps is real time.</param>
    public Forwarder(Func<IPAddress, bool> admits, ForwarderLimits limits, TimeProvider time)
    {
        _loop = new ReadinessLoop(limits.Sweep, () => _datagrams!.Sweep());
        _connections = new ConnectionForwarder(admits, limits, time);
        _datagrams = new DatagramForwarder(_loop, admits, limits, time);
    }

    /// <summary>Serves a socket until it is closed.</summary>
    /// <returns>The registration, for <see cref="Forget"/>.</returns>
    /// <exception cref="Net.Linux.LinuxException">The kernel has no room to watch it.</exception>
    public long Watch(IArrivals arrivals) => _loop.Add(
        arrivals.Socket.Handle,
        arrivals.Transport == Transport.Udp ? () => _datagrams.Read(arrivals) : () => _connections.Accept(arrivals));

    /// <summary>Ends serving a socket; connections that were accepted go on.</summary>
    public void Forget(long watch, IArrivals arrivals) => _loop.Remove(watch, arrivals.Socket.Handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Dispose();
        _connections.Dispose();
        _datagrams.Dispose();
    }
}
