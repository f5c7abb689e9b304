using System.Net.Sockets;
using System.Text;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>The names of links by their index, without a netlink connection.</summary>
public static class LinkNames
{
    private const int NameLength = 16; // IFNAMSIZ, with the NUL at the end
    private const int RequestLength = 40; // sizeof(struct ifreq) on a 64-bit machine

    /// <summary>Reads the name of a link in the network namespace of the calling thread: netdevice(7), SIOCGIFNAME.</summary>
    /// <returns>The name; null when there is no such link, or no descriptor is left to ask with.</returns>
    public static unsafe string? Of(uint index)
    {
        try
        {
            using RawSocket socket = RawSocket.Open(SocketFamily.Of(AddressFamily.InterNetworkV6), SocketType.Dgram, 0);
            using DescriptorLease descriptor = socket.Handle.Lease();
            byte* request = stackalloc byte[RequestLength];
            new Span<byte>(request, RequestLength).Clear();
            *(uint*)(request + NameLength) = index;
            return ioctl(descriptor, SIOCGIFNAME, request) == 0
                ? Encoding.UTF8.GetString(new ReadOnlySpan<byte>(request, NameLength)).TrimEnd('\0')
                : null;
        }
        catch (LinuxException)
        {
            return null;
        }
    }
}
