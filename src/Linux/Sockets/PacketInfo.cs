using System.Net;
using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>The control message IPV6_PKTINFO: the local address that a datagram was sent to, or is to be sent from, and its link
/// where that address is link-local.</summary>
/// <remarks>Layout: struct cmsghdr (length as a size_t, level and type as ints), then struct in6_pktinfo (address of 16 bytes, link index
/// of 4 bytes), padded to a multiple of the pointer size. Source: cmsg(3), ipv6(7), RFC 3542 section 6.</remarks>
internal static class PacketInfo
{
    private const int DataLength = 20; // sizeof(struct in6_pktinfo)
    private const int AddressLength = 16;

    private static readonly int HeaderLength = IntPtr.Size + 8;

    /// <summary>The size of the message in bytes, CMSG_SPACE(sizeof(struct in6_pktinfo)) on a 64-bit machine.</summary>
    internal const int Length = 40;

    /// <summary>Writes a control message with the source address <paramref name="from"/>. Its link index is the address's scope: 0, which
    /// lets the kernel choose the link, unless the address is link-local; with 0 the kernel refuses that (EINVAL).</summary>
    internal static void Write(Span<byte> control, IPAddress from)
    {
        control.Clear();
        MemoryMarshal.Write(control, (nint)(HeaderLength + DataLength));
        MemoryMarshal.Write(control[IntPtr.Size..], IPPROTO_IPV6);
        MemoryMarshal.Write(control[(IntPtr.Size + 4)..], IPV6_PKTINFO);
        from.TryWriteBytes(control[HeaderLength..], out _);
        MemoryMarshal.Write(control[(HeaderLength + AddressLength)..], (uint)from.ScopeId);
    }

    /// <summary>Reads the sender from a struct sockaddr_in6 and the destination from the control messages; null when one of them is
    /// missing.</summary>
    internal static DatagramPath? Path(ReadOnlySpan<byte> name, ReadOnlySpan<byte> control)
    {
        if (!SocketAddresses.TryReadIPv6(name, out IPAddress peer, out ushort port))
        {
            return null;
        }

        while (control.Length >= HeaderLength)
        {
            nint length = MemoryMarshal.Read<nint>(control);
            if (length < HeaderLength || length > control.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> data = control[HeaderLength..(int)length];
            if (MemoryMarshal.Read<int>(control[IntPtr.Size..]) == IPPROTO_IPV6
                && MemoryMarshal.Read<int>(control[(IntPtr.Size + 4)..]) == IPV6_PKTINFO
                && data.Length >= DataLength)
            {
                return new DatagramPath(peer, port, Local(data));
            }

            control = control[Math.Min(control.Length, ((int)length + IntPtr.Size - 1) & -IntPtr.Size)..];
        }

        return null;
    }

    private static IPAddress Local(ReadOnlySpan<byte> data)
    {
        var address = new IPAddress(data[..AddressLength]);
        if (address.IsIPv6LinkLocal)
        {
            address.ScopeId = MemoryMarshal.Read<uint>(data[AddressLength..]);
        }

        return address;
    }
}
