using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Descriptors;

/// <summary>Listening Unix stream sockets as plain descriptors, so that they can be handed to another process.</summary>
public static class UnixListener
{
    private const int LongestPath = 107; // sun_path less its final zero: unix(7)

    /// <summary>Makes a socket that listens at a path.</summary>
    /// <param name="path">At most 107 bytes; must not exist. The file stays when the descriptor is closed.</param>
    /// <exception cref="LinuxException">NameTooLong; AddressInUse: the path exists; the error of bind(2) otherwise.</exception>
    public static unsafe SafeFileHandle Listen(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length > LongestPath)
        {
            throw new LinuxException($"listen at {path}", Errno.NameTooLong);
        }

        SafeFileHandle socket = Libc.Socket(Libc.FamilyUnix, Libc.SocketStream | Libc.SocketCloseOnExec, 0);
        try
        {
            byte* address = stackalloc byte[2 + LongestPath + 1]; // struct sockaddr_un, zeroed
            *(ushort*)address = Libc.FamilyUnix;
            bytes.CopyTo(new Span<byte>(address + 2, LongestPath));
            if (socket.IsInvalid || Libc.Bind(socket, address, 2 + bytes.Length + 1) != 0 || Libc.Listen(socket, 128) != 0)
            {
                throw LinuxException.Last($"listen at {path}");
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes one connection; the new descriptor does not wait.</summary>
    /// <returns>Null when none is there any more.</returns>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public static unsafe SafeFileHandle? Accept(SafeHandle listener)
    {
        SafeFileHandle connection = Libc.Accept(listener, null, null, Libc.SocketCloseOnExec | Libc.SocketNonBlocking);
        if (!connection.IsInvalid)
        {
            return connection;
        }

        var errno = (Errno)Marshal.GetLastPInvokeError();
        connection.Dispose();
        return errno is Errno.TryAgain or Errno.Interrupted or Errno.ConnectionAborted
            ? null
            : throw new LinuxException("accept a connection", errno);
    }
}
