using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Sockets;

namespace Net.Linux.Descriptors;

/// <summary>Listening Unix stream sockets as plain descriptors, so that they can be handed to another process.</summary>
public static class UnixListener
{
    private const int LongestPath = 107; // sun_path less its final zero: unix(7)
    private const int Backlog = 128;

    /// <summary>Makes a socket that listens at a path.</summary>
    /// <param name="path">At most 107 bytes; must not exist. The file stays when the descriptor is closed.</param>
    /// <exception cref="LinuxException">NameTooLong; AddressInUse: the path exists; the error of bind(2) otherwise.</exception>
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
                Span<byte> address = stackalloc byte[sizeof(ushort) + bytes.Length + 1]; // struct sockaddr_un: family, path, a final zero
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

    /// <summary>Takes one connection; the new descriptor does not wait.</summary>
    /// <returns>Null when none is there any more.</returns>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public static SafeFileHandle? Accept(SafeHandle listener)
    {
        Errno errno = Descriptor.Accept(listener, out SafeFileHandle? connection);
        return errno.IsAnyOf(Errno.None, Errno.TryAgain, Errno.Interrupted, Errno.ConnectionAborted)
            ? connection
            : throw new LinuxException("accept a connection", errno);
    }
}
