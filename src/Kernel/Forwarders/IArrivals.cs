using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>A held socket, as the forwarder sees it.</summary>
internal interface IArrivals
{
    /// <summary>The socket; another thread may close it at any time.</summary>
    PortSocket Socket { get; }

    /// <summary>Its protocol.</summary>
    Transport Transport { get; }

    /// <summary>Where what arrives goes at this moment; null: nowhere.</summary>
    ForwardTarget? Target { get; }
}
