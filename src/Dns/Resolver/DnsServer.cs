using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver.Serving;
using Net.Linux;

namespace Net.Dns.Resolver;

/// <summary>The embedded resolver: answers every container on sockets of its own, from its own view of the names, and forwards the rest.</summary>
/// <remarks>
/// The sockets are opened inside the containers' namespaces by whoever adds the client, and served by a thread of the server's own: call
/// nothing of this class on a thread that is inside a namespace. Upstream servers are dialled from the namespace in which the server was made, but for those
/// that a client reaches itself (<see cref="UpstreamServer.InClient"/>).
/// Nothing is logged per packet: see <see cref="GetStatistics"/> and <see cref="Follow"/>. All members may be called from several threads.
/// </remarks>
public sealed partial class DnsServer : IDisposable
{
    private readonly QueryLog _log;
    private readonly ServingUnit[] _units;
    private readonly ConcurrentDictionary<string, (ServingUnit Unit, DnsCounters Counters)> _clients = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _next;
    private bool _disposed;

    /// <summary>Makes a server without clients.</summary>
    /// <param name="options">Limits and times; null for the defaults.</param>
    /// <param name="random">Makes ids and orders addresses; called from several threads. Null for the system's cryptographic source.</param>
    /// <param name="onFault">Told of exceptions that nobody expected, each a fault of the program: the service goes on.</param>
    /// <param name="openNamespace">Opens the network namespace of the client with a key, and throws when it cannot; called in a thread of the pool. The server
    /// disposes of what it returns. Null: servers that are dialled from a client's namespace cannot be reached.</param>
    public DnsServer(
        DnsServerOptions? options = null,
        RandomNumberGenerator? random = null,
        Action<Exception>? onFault = null,
        Func<string, NetworkNamespace>? openNamespace = null)
    {
        options ??= new DnsServerOptions();
        random ??= RandomNumberGenerator.Create();
        Action<Exception> tell = Harmless(onFault);
        _log = new QueryLog(tell);
        _units = [.. Enumerable.Range(0, options.Threads).Select(_ => new ServingUnit(options, _log, random, tell, openNamespace))];
    }

    /// <summary>The keys of the clients that are served now.</summary>
    public IReadOnlyCollection<string> Clients => [.. _clients.Keys];

    /// <summary>Begins to serve a client. When it returns, the sockets are served.</summary>
    /// <param name="key">Names the client in the other methods; a sandbox's id.</param>
    /// <param name="udp">A bound UDP socket. The server owns it from here on, and closes it also when this method throws.</param>
    /// <param name="tcp">A bound TCP socket; the server makes it listen. Owned as <paramref name="udp"/>.</param>
    /// <param name="names">The names the client may see, asked for every query.</param>
    /// <param name="upstreams">Where all other queries go, read for every query.</param>
    /// <exception cref="ArgumentException">There is a client with this key.</exception>
    /// <exception cref="SocketException">The TCP socket cannot listen: another socket listens on its port.</exception>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public void AddClient(string key, Socket udp, Socket tcp, INameSource names, IUpstreamSource upstreams)
    {
        lock (_gate)
        {
            try
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_clients.ContainsKey(key))
                {
                    throw new ArgumentException($"Resolver client {key} is being served already; remove it first.", nameof(key));
                }

                ServingUnit unit = _units[_next++ % _units.Length];
                _clients[key] = (unit, unit.Add(key, udp, tcp, names, upstreams));
            }
            catch
            {
                udp.Dispose();
                tcp.Dispose();
                throw;
            }
        }
    }

    /// <summary>Ends the service of a client: its sockets are closed when this returns, and what it waits for is given up.</summary>
    /// <returns>False when there is no such client.</returns>
    public bool RemoveClient(string key)
    {
        lock (_gate)
        {
            if (!_clients.TryRemove(key, out (ServingUnit Unit, DnsCounters) client))
            {
                return false;
            }

            client.Unit.Remove(key);
            _log.End(key);
            return true;
        }
    }

    /// <summary>What has been done for a client so far; null when there is no such client.</summary>
    public DnsStatistics? GetStatistics(string key) =>
        _clients.TryGetValue(key, out (ServingUnit, DnsCounters Counters) client) ? client.Counters.Read() : null;

    /// <summary>What is known of the servers that questions are sent on to, and of their answers.</summary>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public ForwarderStatistics GetForwarding() => _units.Select(static unit => unit.GetForwarding()).Aggregate(ForwarderStatistics.Sum);

    /// <summary>Tells of every message of every client from now on, in a serving thread: the listener must neither block nor throw.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Follow(Action<DnsLogEntry> listener) => _log.Follow(key: null, listener, ended: null);

    /// <summary>Tells of every message of one client from now on, until the client is removed.</summary>
    /// <param name="key">The client.</param>
    /// <param name="listener">Called in a serving thread: it must neither block nor throw.</param>
    /// <param name="ended">Called once when the client has been removed, after its last message; it must neither block nor call the server.</param>
    /// <returns>Ends it; null when there is no such client.</returns>
    public IDisposable? Follow(string key, Action<DnsLogEntry> listener, Action ended)
    {
        lock (_gate)
        {
            return _clients.ContainsKey(key) ? _log.Follow(key, listener, ended) : null;
        }
    }

    /// <summary>Forgets what upstream servers said, and which of them failed.</summary>
    public void Flush()
    {
        foreach (ServingUnit unit in _units)
        {
            unit.Flush();
        }
    }

    /// <summary>Ends the service of all clients and waits until none of their sockets is in use.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _clients.Clear();
                Array.ForEach(_units, static unit => unit.Dispose());
            }
        }
    }

    // A log that cannot be written must not end the service.
    private static Action<Exception> Harmless(Action<Exception>? onFault) => fault =>
    {
        try
        {
            onFault?.Invoke(fault);
        }
        catch (Exception)
        {
            // There is nobody else to tell.
        }
    };
}
