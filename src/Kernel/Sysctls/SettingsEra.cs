using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Kernel.Sysctls;

/// <summary>How long the settings of a network namespace last: until the machine starts anew, or the namespace goes. What was before a
/// change in one era says nothing of the next one, which begins with the kernel's defaults.</summary>
internal static class SettingsEra
{
    /// <summary>The name of the present era of a namespace: the id of the boot, and the cookie of the namespace where the kernel has
    /// one.</summary>
    /// <exception cref="LinuxException">The namespace cannot be entered, or no socket can be opened.</exception>
    public static string Of(NetworkNamespace home) =>
        string.Create(CultureInfo.InvariantCulture, $"{BootId.Current} {home.Run(ReadCookie)}").TrimEnd();

    /// <summary>Whether two eras are of one boot, of whichever namespaces.</summary>
    public static bool AreOfOneBoot(string one, string other) => one.Split(' ')[0] == other.Split(' ')[0];

    private static ulong? ReadCookie()
    {
        using RawSocket socket = RawSocket.Open(SocketFamily.Of(AddressFamily.InterNetwork), SocketType.Dgram, 0);
        Span<byte> cookie = stackalloc byte[sizeof(ulong)];
        Errno errno = socket.GetOption(SocketOption.NamespaceCookie, cookie);
        return errno == Errno.None ? BinaryPrimitives.ReadUInt64LittleEndian(cookie) : null;
    }
}
