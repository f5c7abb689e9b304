using Net.Daemon.EnginePlugin;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Daemon;

/// <summary>The sockets of the daemon that a service manager has opened for it, as a unit netctl.socket of systemd does. The service
/// manager has their files and modes; what connects while no daemon runs waits in them.</summary>
/// <param name="Api">The descriptor of the API's socket; null: the daemon opens it itself.</param>
/// <param name="Engine">The descriptor of the socket on which Docker Engine finds its driver; null: the daemon opens it itself.</param>
internal sealed record ListeningSockets(int? Api, int? Engine)
{
    /// <summary>Takes the sockets that were passed to this process, and tells them apart by their paths.</summary>
    /// <exception cref="DaemonStartException">What was passed is no socket of this daemon.</exception>
    public static ListeningSockets Take(DaemonOptions options)
    {
        string? engine = options.PluginDirectory is { } folder ? Path.Combine(folder, EngineSocket.FileName) : null;
        var taken = new ListeningSockets(null, null);
        foreach (InheritedSocket socket in InheritedSocket.TakeAll())
        {
            if (socket.Path is not { } path)
            {
                throw new DaemonStartException(
                    $"descriptor {socket.Descriptor}, passed by the service manager (LISTEN_FDS), is no listening Unix stream socket; give "
                        + "its socket unit ListenStream= with the path of a socket of the daemon");
            }

            taken = taken.Api is null && IsSame(path, options.Socket) ? taken with { Api = socket.Descriptor }
                : taken.Engine is null && engine is not null && IsSame(path, engine) ? taken with { Engine = socket.Descriptor }
                : throw new DaemonStartException(
                    $"socket {path}, passed by the service manager (LISTEN_FDS), is none that this daemon opens, or is passed twice: it "
                        + $"has {options.Socket}{(engine is null ? "" : $" and {engine}")}; change ListenStream= of the socket unit, or "
                        + "--host or --plugin-dir of the daemon");
        }

        return taken;
    }

    private static bool IsSame(string path, string expected) => path == expected || FileIdentity.Same(path, expected);
}
