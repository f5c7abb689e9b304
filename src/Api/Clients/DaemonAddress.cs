using System.Text;

namespace Net.Api.Clients;

/// <summary>The address of the daemon: a Unix socket.</summary>
public sealed record DaemonAddress
{
    // sizeof(sockaddr_un.sun_path) is 108 with the final zero byte: unix(7).
    private const int MaximumPathLength = 107;

    private DaemonAddress(string path) => Path = path;

    /// <summary>The socket's absolute path.</summary>
    public string Path { get; }

    /// <summary>The address when none is given: <see cref="ApiPaths.DefaultSocket"/>.</summary>
    public static DaemonAddress Default { get; } = new(ApiPaths.DefaultSocket);

    /// <summary>Parses an address of the form <c>unix:///PATH</c>.</summary>
    /// <exception cref="FormatException">Another scheme, no absolute path, or a path too long for a socket. The message says
    /// which.</exception>
    public static DaemonAddress Parse(string text)
    {
        if (!text.StartsWith(ApiPaths.UnixScheme + "/", StringComparison.Ordinal))
        {
            throw new FormatException(
                $"invalid host \"{text}\": netctl reaches its daemon through a Unix socket only, "
                    + "written as unix:///run/netctl/netctl.sock");
        }

        string path = text[ApiPaths.UnixScheme.Length..];
        return Encoding.UTF8.GetByteCount(path) <= MaximumPathLength && !path.Contains('\0', StringComparison.Ordinal)
            ? new DaemonAddress(path)
            : throw new FormatException($"invalid host \"{text}\": the path of a Unix socket has at most {MaximumPathLength} bytes");
    }

    /// <summary>The address of the socket at an absolute path.</summary>
    /// <exception cref="FormatException">As for <see cref="Parse"/>.</exception>
    public static DaemonAddress OfPath(string path) => Parse(ApiPaths.UnixScheme + path);

    /// <summary>The address as a user writes it.</summary>
    public override string ToString() => ApiPaths.UnixScheme + Path;
}
