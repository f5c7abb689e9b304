using System.Net;
using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>The control message IPV6_PKTINFO: which of our addresses a datagram was sent to, or is to be sent from.</summary>
/// <remarks>Wire: struct cmsghdr (length as long as a pointer, level, type), then struct in6_pktinfo (address, link index), padded to a
/// pointer's length. Source: cmsg(3), ipv6(7), RFC 3542 section 6.</remarks>
internal static class PacketInfo
{
    private const int DataLength = 20; // sizeof(struct in6_pktinfo)

    private static readonly int HeaderLength = IntPtr.Size + 8;

    /// <summary>CMSG_SPACE on a machine of 64 bits.</summary>
    internal const int Length = 40;

    /// <summary>Writes one that leaves the link to the kernel.</summary>
    internal static void Write(Span<byte> control, IPAddress from)
    {
        control.Clear();
        MemoryMarshal.Write(control, (nint)(HeaderLength + DataLength));
        MemoryMarshal.Write(control[IntPtr.Size..], IPPROTO_IPV6);
        MemoryMarshal.Write(control[(IntPtr.Size + 4)..], IPV6_PKTINFO);
        from.TryWriteBytes(control[HeaderLength..], out _);
    }

    /// <summary>Reads sender and destination; null when one of them is missing.</summary>
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
                return new DatagramPath(peer, port, new IPAddress(data[..16]));
            }

            control = control[Math.Min(control.Length, ((int)length + IntPtr.Size - 1) & -IntPtr.Size)..];
        }

        return null;
    }
}
