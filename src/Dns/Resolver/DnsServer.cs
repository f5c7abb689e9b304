using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver.Serving;
using Net.Linux;

namespace Net.Dns.Resolver;

/// <summary>The embedded resolver: answers every client on sockets of its own, from the names that this client sees, and forwards all other
/// queries.</summary>
/// <remarks>
/// The caller opens the sockets inside the containers' namespaces; a thread of the server's own serves them. Call no member of this class
/// on a thread that is inside a namespace. Upstream servers are dialled from the namespace in which the server was made, except those that
/// are reached from within a client (<see cref="UpstreamServer.InClient"/>). Nothing is logged for each packet: see
/// <see cref="GetStatistics"/> and <see cref="Follow(Action{DnsLogEntry})"/>. All members may be called from several threads.
/// </remarks>
public sealed partial class DnsServer : IDisposable
{
    private readonly QueryLog _log;
    private readonly ServingWorker[] _workers;
    private readonly ConcurrentDictionary<string, (ServingWorker Worker, DnsCounters Counters)> _clients = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _nextWorker;
    private bool _disposed;

    /// <summary>Makes a server without clients.</summary>
    /// <param name="options">Limits and times; null for the defaults.</param>
    /// <param name="random">Makes ids and orders addresses; called from several threads. Null for the system's cryptographic
    /// source.</param>
    /// <param name="onFault">Told of unexpected exceptions, each a fault of the program; the service goes on.</param>
    /// <param name="openNamespace">Opens the network namespace of the client with a key, and throws when it cannot; called in a thread of
    /// the pool. The server disposes of what it returns. Null: servers that are dialled from a client's namespace cannot be
    /// reached.</param>
    public DnsServer(
        DnsServerOptions? options = null,
        RandomNumberGenerator? random = null,
        Action<Exception>? onFault = null,
        Func<string, NetworkNamespace>? openNamespace = null)
    {
        options ??= new DnsServerOptions();
        random ??= RandomNumberGenerator.Create();
        Action<Exception> report = Guard(onFault);
        _log = new QueryLog(report);
        _workers = [.. Enumerable.Range(0, options.Threads).Select(_ => new ServingWorker(options, _log, random, report, openNamespace))];
    }

    /// <summary>The keys of the clients that are served now.</summary>
    public IReadOnlyCollection<string> Clients => [.. _clients.Keys];

    /// <summary>Begins to serve a client. When it returns, the sockets are served.</summary>
    /// <param name="key">The client's key in the other methods: a sandbox's id.</param>
    /// <param name="udp">A bound UDP socket. The server owns it from here on, and closes it also when this method throws.</param>
    /// <param name="tcp">A bound TCP socket; the server makes it listen. Owned as <paramref name="udp"/>.</param>
    /// <param name="names">The local names that the client sees, looked up for every query.</param>
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

                ServingWorker worker = _workers[_nextWorker++ % _workers.Length];
                _clients[key] = (worker, worker.Add(key, udp, tcp, names, upstreams));
            }
            catch
            {
                udp.Dispose();
                tcp.Dispose();
                throw;
            }
        }
    }

    /// <summary>Ends the service of a client: its sockets are closed when this returns, and its pending queries are dropped.</summary>
    /// <returns>False when there is no such client.</returns>
    public bool RemoveClient(string key)
    {
        lock (_gate)
        {
            if (!_clients.TryRemove(key, out (ServingWorker Worker, DnsCounters) client))
            {
                return false;
            }

            client.Worker.Remove(key);
            _log.End(key);
            return true;
        }
    }

    /// <summary>The statistics of a client; null when there is no such client.</summary>
    public DnsStatistics? GetStatistics(string key) =>
        _clients.TryGetValue(key, out (ServingWorker, DnsCounters Counters) client) ? client.Counters.Read() : null;

    /// <summary>The statistics of the cache and of the upstream servers.</summary>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public ForwarderStatistics GetForwarding() =>
        _workers.Select(static worker => worker.GetForwarding()).Aggregate(ForwarderStatistics.Sum);

    /// <summary>Tells a listener of every message of every client from now on.</summary>
    /// <param name="listener">Called in a serving thread: it must neither block nor throw.</param>
    /// <returns>Ends the subscription.</returns>
    public IDisposable Follow(Action<DnsLogEntry> listener) => _log.Follow(key: null, listener, ended: null);

    /// <summary>Tells a listener of every message of one client from now on, until the client is removed.</summary>
    /// <param name="key">The client.</param>
    /// <param name="listener">Called in a serving thread: it must neither block nor throw.</param>
    /// <param name="ended">Called once when the client has been removed, after its last message; it must neither block nor call the
    /// server.</param>
    /// <returns>Ends the subscription; null when there is no such client.</returns>
    public IDisposable? Follow(string key, Action<DnsLogEntry> listener, Action ended)
    {
        lock (_gate)
        {
            return _clients.ContainsKey(key) ? _log.Follow(key, listener, ended) : null;
        }
    }

    /// <summary>Empties the cache, and forgets which upstream servers failed.</summary>
    public void Flush()
    {
        foreach (ServingWorker worker in _workers)
        {
            worker.Flush();
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
                Array.ForEach(_workers, static worker => worker.Dispose());
            }
        }
    }

    // A report that throws must not end the service.
    private static Action<Exception> Guard(Action<Exception>? onFault) => fault =>
    {
        try
        {
            onFault?.Invoke(fault);
        }
        catch (Exception)
        {
            // There is nobody else to report it to.
        }
    };
}
