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
    private readonly DnsServerOptions _options;
    private readonly TimeProvider _time;
    private readonly Responder _responder;
    private readonly Forwarder _forwarder;
    private readonly ConcurrentDictionary<string, ClientSession> _clients = new(StringComparer.Ordinal);
    private volatile bool _disposed;

    /// <summary>Makes a server without clients.</summary>
    /// <param name="options">Limits and times; null for the defaults.</param>
    /// <param name="time">Measures timeouts; null for the system's clock.</param>
    /// <param name="random">Makes ids and orders addresses; called from several threads. Null for the system's cryptographic source.</param>
    public DnsServer(DnsServerOptions? options = null, TimeProvider? time = null, RandomNumberGenerator? random = null)
    {
        _options = options ?? new DnsServerOptions();
        _time = time ?? TimeProvider.System;
        random ??= RandomNumberGenerator.Create();
        _responder = new Responder(_options, random);
        _forwarder = new Forwarder(_options, _time, random);
    }

    /// <summary>The keys of the clients that are served now.</summary>
    public IReadOnlyCollection<string> Clients => [.. _clients.Keys];

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
        var session = new ClientSession(udp, tcp, names, upstreams, _responder, _forwarder, _options, _time);
        if (_disposed || !_clients.TryAdd(key, session))
        {
            session.Stop();
            ObjectDisposedException.ThrowIf(_disposed, this);
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
        if (!_clients.TryRemove(key, out ClientSession? session))
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
        if (!_clients.TryGetValue(key, out ClientSession? session))
        {
            return false;
        }

        session.Upstreams = upstreams;
        return true;
    }

    /// <summary>What has been done for a client so far; null when there is no such client.</summary>
    public DnsStatistics? GetStatistics(string key) => _clients.TryGetValue(key, out ClientSession? session) ? session.Counters.Read() : null;

    /// <summary>Ends the service of all clients and waits until none of their sockets is in use.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (string key in _clients.Keys)
        {
            if (_clients.TryRemove(key, out ClientSession? session))
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
