using System.Net;
using Net.Dns.Resolver.Serving;
using Net.Linux;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Opens sockets to upstream servers, each in the network namespace from which its server is reached.</summary>
/// <param name="thread">The serving thread, in which the sockets are used.</param>
/// <param name="openNamespace">Opens the network namespace of the client with a key; null when clients have none.</param>
/// <param name="onFault">Told of unexpected exceptions.</param>
internal sealed class Dialer(ServingThread thread, Func<string, NetworkNamespace>? openNamespace, Action<Exception> onFault)
{
    /// <summary>Opens sockets: during the call, or, in a client's namespace, in a thread of the pool, since entering a namespace may
    /// block.</summary>
    /// <typeparam name="T">The kind of socket.</typeparam>
    /// <param name="server">The server.</param>
    /// <param name="count">How many sockets are wanted.</param>
    /// <param name="open">Opens one socket in the namespace of the calling thread; null or a <see cref="LinuxException"/> when no more can
    /// be opened.</param>
    /// <param name="opened">Called in the serving thread, once, with the sockets that could be opened; it owns them.</param>
    public void Dial<T>(UpstreamServer server, int count, Func<IPEndPoint, T?> open, Action<List<T>> opened)
        where T : class, IDisposable
    {
        if (server.InClient is not { } client)
        {
            opened(OpenAll(server.Address, count, open));
            return;
        }

        _ = Task.Run(() =>
        {
            List<T> sockets = OpenInside(client, () => OpenAll(server.Address, count, open));
            if (!thread.Post(() => opened(sockets)))
            {
                sockets.ForEach(static socket => socket.Dispose());
            }
        });
    }

    private static List<T> OpenAll<T>(IPEndPoint target, int count, Func<IPEndPoint, T?> open)
        where T : class
    {
        var sockets = new List<T>(count);
        try
        {
            while (sockets.Count < count && open(target) is { } socket)
            {
                sockets.Add(socket);
            }
        }
        catch (LinuxException)
        {
            // No route, or no descriptors left: the caller gets the sockets that were opened so far.
        }

        return sockets;
    }

    private List<T> OpenInside<T>(string client, Func<List<T>> openAll)
    {
        try
        {
            using NetworkNamespace? inside = openNamespace?.Invoke(client);
            return inside?.Run(openAll) ?? [];
        }
        catch (Exception error)
        {
            if (error is not (IOException or LinuxException or ObjectDisposedException))
            {
                onFault(error);
            }

            return []; // usually the client is being removed
        }
    }
}
