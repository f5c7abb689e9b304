using System.Runtime.CompilerServices;

namespace Net.Linux.Sockets;

/// <summary>Who sent a datagram, as the kernel said it: enough to answer, without anything on the heap.</summary>
/// <remarks>The bytes of a struct sockaddr_in or sockaddr_in6.</remarks>
public struct DatagramPeer
{
    internal AddressBytes Bytes;
    internal int Length;

    [InlineArray(SocketAddresses.Length)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}
