using System.Globalization;
using System.Text;

using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>A descriptor that a service manager opened and passed to this process: sd_listen_fds(3).</summary>
/// <param name="Descriptor">The number of the descriptor. It is close-on-exec; whoever uses it closes it.</param>
/// <param name="Path">The path at which it listens; null when it is no listening Unix stream socket with a path.</param>
public readonly record struct InheritedSocket(int Descriptor, string? Path)
{
    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START, sd-daemon.h
    private const int AddressLength = 110; // sizeof(struct sockaddr_un): unix(7)
    private const string Count = "LISTEN_FDS";
    private const string Process = "LISTEN_PID";
    private const string Names = "LISTEN_FDNAMES";

    /// <summary>Takes the descriptors that the environment tells of, and removes them from the environment, so that no child of this
    /// process takes them for its own.</summary>
    /// <returns>The descriptors; none when none are passed, or when those of the environment are for another process.</returns>
    public static IReadOnlyList<InheritedSocket> TakeAll()
    {
        bool isOurs = Number(Process) == Environment.ProcessId;
        int count = isOurs ? Number(Count) : 0;
        foreach (string variable in (string[])[Count, Process, Names])
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        return [.. Enumerable.Range(FirstDescriptor, count).Select(Take)];
    }

    private static int Number(string variable) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static InheritedSocket Take(int descriptor)
    {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        bool listens = Option(descriptor, SO_DOMAIN) == AF_UNIX
            && Option(descriptor, SO_TYPE) == SOCK_STREAM
            && Option(descriptor, SO_ACCEPTCONN) == 1;
        return new InheritedSocket(descriptor, listens ? ReadPath(descriptor) : null);
    }

    private static unsafe int? Option(int descriptor, int name)
    {
        int value;
        socklen_t length = sizeof(int);
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : null;
    }

    // An abstract address begins with a zero byte, and one without a name has the family alone.
    private static unsafe string? ReadPath(int descriptor)
    {
        byte* address = stackalloc byte[AddressLength];
        socklen_t length = AddressLength;
        if (getsockname(descriptor, (sockaddr*)address, &length) != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> path = new ReadOnlySpan<byte>(address, Math.Min((int)length, AddressLength))[sizeof(ushort)..];
        int end = path.IndexOf((byte)0);
        path = end < 0 ? path : path[..end];
        return path.IsEmpty ? null : Encoding.UTF8.GetString(path);
    }
}
