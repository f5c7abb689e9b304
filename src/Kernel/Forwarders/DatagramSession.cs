using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>One UDP client at one held socket, and the socket that speaks to the container for it.</summary>
/// <param name="Arrivals">The held socket at which the client's datagrams arrive and from which the responses leave.</param>
/// <param name="Path">The client's address and port, and the address that it speaks to.</param>
/// <param name="Target">The container's address and port.</param>
/// <param name="Container">The socket that is connected to the container.</param>
internal sealed record DatagramSession(IArrivals Arrivals, DatagramPath Path, ForwardTarget Target, DatagramClient Container)
{
    /// <summary>The registration of the container's socket with the loop.</summary>
    public long Watch { get; set; }

    /// <summary>The time of the last datagram in either direction, in ticks of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public required long LastUse { get; set; }
}
