using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Sockets;

namespace Net.Linux.Descriptors;

/// <summary>Opens listening Unix stream sockets as plain descriptors, so that they can be passed to another process. Source:
/// unix(7).</summary>
public static class UnixListener
{
    private const int LongestPath = 107; // the size of sun_path less the terminating zero byte: unix(7)
    private const int Backlog = 128;

    /// <summary>Creates a Unix stream socket that listens at a path: bind(2), listen(2).</summary>
    /// <param name="path">The path of the socket, at most 107 bytes of UTF-8; no file may exist there. The socket file remains when the
    /// descriptor is closed.</param>
    /// <exception cref="LinuxException">NameTooLong: the path has more than 107 bytes. AddressInUse: the path exists. Otherwise the error
    /// of socket(2), bind(2) or listen(2).</exception>
    public static SafeFileHandle Listen(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length > LongestPath)
        {
            throw new LinuxException($"listen at {path}", Errno.NameTooLong);
        }

        try
        {
            RawSocket socket = RawSocket.Open(SocketFamily.Unix, SocketType.Stream, 0);
            try
            {
                Span<byte> address = stackalloc byte[sizeof(ushort) + bytes.Length + 1]; // struct sockaddr_un: family, path, zero byte
                address.Clear();
                MemoryMarshal.Write(address, (ushort)SocketFamily.Unix.Number);
                bytes.CopyTo(address[sizeof(ushort)..]);
                socket.Bind(address);
                socket.Listen(Backlog);
                return socket.Handle;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (LinuxException error)
        {
            throw new LinuxException($"listen at {path}", error.Errno);
        }
    }

    /// <summary>Accepts one pending connection; the new descriptor is non-blocking and close-on-exec: accept4(2).</summary>
    /// <returns>The connection; null when none is pending, the peer has given up, or a signal interrupted the call.</returns>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors are left.</exception>
    public static SafeFileHandle? Accept(SafeHandle listener)
    {
        Errno errno = Descriptor.Accept(listener, out SafeFileHandle? connection);
        return errno.IsAnyOf(Errno.None, Errno.TryAgain, Errno.Interrupted, Errno.ConnectionAborted)
            ? connection
            : throw new LinuxException("accept a connection", errno);
    }
}
