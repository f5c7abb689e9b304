using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>One UDP client at one held socket, and the socket that speaks to the container for it.</summary>
/// <param name="Arrivals">Where the client's datagrams arrive, and the answers leave.</param>
/// <param name="Path">The client's address and port, and the address that it speaks to.</param>
/// <param name="Target">The container's address and port.</param>
/// <param name="Container">Speaks to the container.</param>
internal sealed record DatagramSession(IArrivals Arrivals, DatagramPath Path, ForwardTarget Target, DatagramClient Container)
{
    /// <summary>What the loop calls it.</summary>
    public long Watch { get; set; }

    /// <summary>When a datagram went either way last, in <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public required long LastUse { get; set; }
}
