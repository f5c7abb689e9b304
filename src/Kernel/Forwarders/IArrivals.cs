using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>A held socket, as the forwarder sees it.</summary>
internal interface IArrivals
{
    /// <summary>The socket; another thread may close it at any time.</summary>
    PortSocket Socket { get; }

    /// <summary>The socket's protocol.</summary>
    Transport Transport { get; }

    /// <summary>The container to which arriving traffic is forwarded now; null when it is forwarded nowhere.</summary>
    ForwardTarget? Target { get; }
}
