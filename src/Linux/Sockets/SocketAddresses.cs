using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>Writes and reads struct sockaddr_in and struct sockaddr_in6.</summary>
/// <remarks>Source: ip(7), ipv6(7).</remarks>
internal static class SocketAddresses
{
    /// <summary>The size of the longer struct in bytes: sizeof(struct sockaddr_in6).</summary>
    internal const int Length = 28;

    private const int LengthIPv4 = 16;
    private const int AddressOffsetIPv6 = 8;

    /// <summary>Writes a struct sockaddr_in or sockaddr_in6, after the family of <paramref name="address"/>.</summary>
    /// <returns>The length of the struct in bytes.</returns>
    internal static int Write(Span<byte> bytes, IPAddress address, ushort port)
    {
        bytes.Clear();
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        MemoryMarshal.Write(bytes, (ushort)(isIPv6 ? AF_INET6 : AF_INET));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], port);
        address.TryWriteBytes(bytes[(isIPv6 ? AddressOffsetIPv6 : 4)..], out _);
        if (isIPv6)
        {
            MemoryMarshal.Write(bytes[24..], (uint)address.ScopeId);
        }

        return isIPv6 ? Length : LengthIPv4;
    }

    /// <summary>Reads a struct sockaddr_in6; false when the bytes are of another family or too few.</summary>
    internal static bool TryReadIPv6(ReadOnlySpan<byte> bytes, out IPAddress address, out ushort port)
    {
        if (bytes.Length < Length || MemoryMarshal.Read<ushort>(bytes) != AF_INET6)
        {
            (address, port) = (IPAddress.IPv6None, 0);
            return false;
        }

        address = new IPAddress(bytes.Slice(AddressOffsetIPv6, 16), MemoryMarshal.Read<uint>(bytes[24..]));
        port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return true;
    }
}
