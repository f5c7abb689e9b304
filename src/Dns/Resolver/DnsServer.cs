using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver.Upstreams;

namespace Net.Dns.Resolver;

/// <summary>The embedded resolver: answers every container on sockets of its own, from its own view of the names, and forwards the rest.</summary>
/// <remarks>
/// The sockets are opened inside the containers' namespaces by whoever adds the client, and served from ordinary threads of the daemon: call
/// nothing of this class on a thread that is inside a namespace. Upstream servers are dialled from the daemon's namespace.
/// Nothing is logged per packet: see <see cref="GetStatistics"/>. All members may be called from several threads.
/// </remarks>
public sealed class DnsServer : IAsyncDisposable
{
    private readonly DnsServerOptions options;
    private readonly TimeProvider time;
    private readonly Responder responder;
    private readonly Forwarder forwarder;
    private readonly ConcurrentDictionary<string, ClientSession> clients = new(StringComparer.Ordinal);
    private volatile bool disposed;

    /// <summary>Makes a server without clients.</summary>
    /// <param name="options">Limits and times; null for the defaults.</param>
    /// <param name="time">Measures timeouts; null for the system's clock.</param>
    /// <param name="random">Makes ids and orders addresses; called from several threads. Null for the system's cryptographic source.</param>
    public DnsServer(DnsServerOptions? options = null, TimeProvider? time = null, RandomNumberGenerator? random = null)
    {
        this.options = options ?? new DnsServerOptions();
        this.time = time ?? TimeProvider.System;
        random ??= RandomNumberGenerator.Create();
        responder = new Responder(this.options, random);
        forwarder = new Forwarder(this.options, this.time, random);
    }

    /// <summary>The keys of the clients that are served now.</summary>
    public IReadOnlyCollection<string> Clients => [.. clients.Keys];

    /// <summary>Begins to serve a client. When it returns, the sockets are served.</summary>
    /// <param name="key">Names the client in the other methods; a sandbox's id.</param>
    /// <param name="udp">A bound UDP socket. The server owns it from here on, and closes it also when this method throws.</param>
    /// <param name="tcp">A bound TCP socket; the server makes it listen. Owned as <paramref name="udp"/>.</param>
    /// <param name="names">The names the client may see, asked for every query.</param>
    /// <param name="upstreams">Where all other questions go.</param>
    /// <exception cref="ArgumentException">There is a client with this key.</exception>
    /// <exception cref="SocketException">The TCP socket cannot listen: another socket listens on its port.</exception>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public void AddClient(string key, Socket udp, Socket tcp, INameSource names, UpstreamPolicy upstreams)
    {
        var session = new ClientSession(udp, tcp, names, upstreams, responder, forwarder, options, time);
        if (disposed || !clients.TryAdd(key, session))
        {
            session.Stop();
            ObjectDisposedException.ThrowIf(disposed, this);
            throw new ArgumentException($"Resolver client {key} is being served already; remove it first.", nameof(key));
        }

        try
        {
            session.Start();
        }
        catch
        {
            RemoveClient(key);
            throw;
        }
    }

    /// <summary>Ends the service of a client: its sockets are closed when this returns, and what it waits for is given up.</summary>
    /// <returns>False when there is no such client.</returns>
    public bool RemoveClient(string key)
    {
        if (!clients.TryRemove(key, out var session))
        {
            return false;
        }

        session.Stop();
        return true;
    }

    /// <summary>Changes where a client's unknown names go. Holds from the next question on; what is in flight stays as it was.</summary>
    /// <returns>False when there is no such client.</returns>
    public bool UpdateUpstreams(string key, UpstreamPolicy upstreams)
    {
        if (!clients.TryGetValue(key, out var session))
        {
            return false;
        }

        session.Upstreams = upstreams;
        return true;
    }

    /// <summary>What has been done for a client so far; null when there is no such client.</summary>
    public DnsStatistics? GetStatistics(string key) => clients.TryGetValue(key, out var session) ? session.Counters.Read() : null;

    /// <summary>Ends the service of all clients and waits until none of their sockets is in use.</summary>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        foreach (var key in clients.Keys)
        {
            if (clients.TryRemove(key, out var session))
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
