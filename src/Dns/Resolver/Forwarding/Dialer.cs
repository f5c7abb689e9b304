using System.Net;
using Net.Dns.Resolver.Serving;
using Net.Linux;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Opens sockets to servers, each from the network namespace that its server is dialled from.</summary>
/// <param name="thread">Where the sockets are used.</param>
/// <param name="openNamespace">Opens a client's network namespace; null when there are none.</param>
/// <param name="onFault">Is told of exceptions that nobody expected.</param>
internal sealed class Dialer(ServingThread thread, Func<string, NetworkNamespace>? openNamespace, Action<Exception> onFault)
{
    /// <summary>Opens sockets: at once, or, in a client's namespace, by another thread, since that waits for its turn.</summary>
    /// <typeparam name="T">The socket.</typeparam>
    /// <param name="server">Whom they lead to.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="open">Opens one in the namespace of its thread; null or a <see cref="LinuxException"/>: no more can be had.</param>
    /// <param name="opened">Called in the serving thread, once, with what could be opened; who is called owns it.</param>
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
            // No route, or no descriptors: whoever asked gets what there is.
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

            return []; // mostly: the client is going away
        }
    }
}
