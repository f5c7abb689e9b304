using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver.Forwarding;
using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One <see cref="ServingThread"/> and all that it uses. It serves some of the server's clients and shares nothing with other
/// workers.</summary>
internal sealed class ServingWorker : IDisposable
{
    /// <summary>How many datagrams are received by one system call.</summary>
    private const int DatagramsPerBatch = 32;

    /// <summary>The size in bytes that no query needs more than; a longer datagram is truncated and so answered as malformed.</summary>
    private const int MaxQueryLength = 4096;

    /// <summary>The size in bytes of the longest response that is sent at once over UDP; a longer one is truncated, and the client retries
    /// over TCP.</summary>
    private const int MaxResponseLength = 4096;

    private readonly ServingThread _thread;
    private readonly Forwarder _forwarder;
    private readonly QueryDispatcher _dispatcher;
    private readonly StreamResources _streamResources;
    private readonly DatagramBatch _batch = new(DatagramsPerBatch, MaxQueryLength, MaxResponseLength);
    private readonly Dictionary<string, (ClientSession Client, DatagramListener Udp, StreamListener Tcp)> _clients =
        new(StringComparer.Ordinal);

    /// <summary>Starts the thread.</summary>
    public ServingWorker(
        DnsServerOptions options,
        QueryLog log,
        RandomNumberGenerator random,
        Action<Exception> onFault,
        Func<string, NetworkNamespace>? openNamespace)
    {
        _thread = new ServingThread(onFault);
        _forwarder = new Forwarder(_thread, options, random, onFault, openNamespace);
        _dispatcher = new QueryDispatcher(new Responder(options, random), _forwarder, options, log, onFault);
        _streamResources = new StreamResources(_thread, _dispatcher, options);
    }

    /// <summary>Begins to serve a client.</summary>
    public DnsCounters Add(string key, Socket udp, Socket tcp, INameSource names, IUpstreamSource upstreams) => _thread.Invoke(() =>
    {
        var client = new ClientSession(key, names, upstreams, _forwarder);
        StreamListener? listener = null;
        try
        {
            listener = new StreamListener(_thread, _streamResources, client, tcp);
            _clients.Add(key, (client, new DatagramListener(_thread, _dispatcher, _batch, client, udp), listener));
            return client.Counters;
        }
        catch
        {
            listener?.Close();
            client.ReleaseUpstreams();
            throw;
        }
    });

    /// <summary>Ends the service of a client: its sockets are closed when this returns, and its pending queries are dropped.</summary>
    public void Remove(string key) => _thread.Invoke(() =>
    {
        if (_clients.Remove(key, out (ClientSession Client, DatagramListener Udp, StreamListener Tcp) client))
        {
            client.Udp.Close();
            client.Tcp.Close();
            client.Client.ReleaseUpstreams();
            _forwarder.RemoveClient(key);
        }

        return true;
    });

    /// <summary>Handles a query in a client's place.</summary>
    /// <returns>The reply; null when there is no such client.</returns>
    public Task<DnsReply?> AskAsync(string key, DnsTransport transport, ReadOnlyMemory<byte> message) => AskAsync(reply =>
    {
        if (_clients.TryGetValue(key, out (ClientSession Client, DatagramListener, StreamListener) client))
        {
            DirectPendingQuery.Ask(_dispatcher, client.Client, transport, message, reply);
        }
        else
        {
            reply.SetResult(null);
        }
    });

    /// <summary>Handles a query for somebody who is no client: a session is made for it that has no key and no sockets, and whose counters
    /// nobody reads.</summary>
    public Task<DnsReply?> AskAsync(
        INameSource names, UpstreamPolicy upstreams, DnsTransport transport, ReadOnlyMemory<byte> message) => AskAsync(reply =>
    {
        var client = new ClientSession("", names, upstreams, _forwarder);
        DirectPendingQuery.Ask(_dispatcher, client, transport, message, reply);
        client.ReleaseUpstreams(); // a query that was forwarded goes on
    });

    /// <summary>Empties the cache, and forgets which servers failed.</summary>
    public void Flush() => _thread.Post(_forwarder.Flush);

    /// <summary>The forwarder's statistics, with the servers of the policies that the clients have now.</summary>
    public ForwarderStatistics GetForwarding() => _thread.Invoke(() =>
    {
        foreach ((ClientSession client, _, _) in _clients.Values)
        {
            client.RefreshUpstreams(_forwarder);
        }

        return _forwarder.Statistics;
    });

    /// <summary>Closes everything and waits for the thread's end.</summary>
    public void Dispose()
    {
        foreach (string key in _thread.Invoke(() => _clients.Keys.ToArray()))
        {
            Remove(key);
        }

        _thread.End(_forwarder.Close);
    }

    private Task<DnsReply?> AskAsync(Action<TaskCompletionSource<DnsReply?>> ask)
    {
        // The continuation of the caller must not run in the serving thread.
        var reply = new TaskCompletionSource<DnsReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPosted = _thread.Post(() =>
        {
            try
            {
                ask(reply);
            }
            catch (Exception error)
            {
                reply.TrySetException(error); // or the caller would wait for ever
            }
        });
        return isPosted ? reply.Task : Task.FromResult<DnsReply?>(null);
    }
}
