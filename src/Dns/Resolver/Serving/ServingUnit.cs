using System.Net.Sockets;
using System.Security.Cryptography;
using Net.Dns.Resolver.Forwarding;
using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>A <see cref="ServingThread"/> and all that it uses: some of the server's clients, with nothing to share with the others.</summary>
internal sealed class ServingUnit : IDisposable
{
    private const int DatagramsAtATime = 32;

    /// <summary>No query needs more, in bytes; a longer datagram is cut and so answered as malformed.</summary>
    private const int MostQuery = 4096;

    /// <summary>Room for an answer that is sent at once over UDP, in bytes; a longer one is cut, and its client comes by TCP.</summary>
    private const int MostAnswer = 4096;

    private readonly ServingThread _thread;
    private readonly Forwarder _forwarder;
    private readonly Desk _desk;
    private readonly StreamParts _streams;
    private readonly DatagramBatch _batch = new(DatagramsAtATime, MostQuery, MostAnswer);
    private readonly Dictionary<string, (ClientSession Client, DatagramService Udp, StreamListener Tcp)> _clients = new(StringComparer.Ordinal);

    /// <summary>Starts the thread.</summary>
    public ServingUnit(
        DnsServerOptions options, QueryLog log, RandomNumberGenerator random, Action<Exception> onFault, Func<string, NetworkNamespace>? openNamespace)
    {
        _thread = new ServingThread(onFault);
        _forwarder = new Forwarder(_thread, options, random, onFault, openNamespace);
        _desk = new Desk(new Responder(options, random), _forwarder, options, log, onFault);
        _streams = new StreamParts(_thread, _desk, options);
    }

    /// <summary>Begins to serve a client.</summary>
    public DnsCounters Add(string key, Socket udp, Socket tcp, INameSource names, IUpstreamSource upstreams) => _thread.Invoke(() =>
    {
        var client = new ClientSession(key, names, upstreams, _forwarder);
        StreamListener? listener = null;
        try
        {
            listener = new StreamListener(_thread, _streams, client, tcp);
            _clients.Add(key, (client, new DatagramService(_thread, _desk, _batch, client, udp), listener));
            return client.Counters;
        }
        catch
        {
            listener?.Close();
            client.ReleaseUpstreams();
            throw;
        }
    });

    /// <summary>Ends the service of a client: its sockets are closed when this returns, and what it waits for is given up.</summary>
    public void Remove(string key) => _thread.Invoke(() =>
    {
        if (_clients.Remove(key, out (ClientSession Client, DatagramService Udp, StreamListener Tcp) client))
        {
            client.Udp.Close();
            client.Tcp.Close();
            client.Client.ReleaseUpstreams();
            _forwarder.Forget(key);
        }

        return true;
    });

    /// <summary>Asks as a client would.</summary>
    /// <returns>The answer; null when there is no such client.</returns>
    public Task<DnsReply?> AskAsync(string key, DnsTransport transport, ReadOnlyMemory<byte> message) => AskAsync(reply =>
    {
        if (_clients.TryGetValue(key, out (ClientSession Client, DatagramService, StreamListener) client))
        {
            DirectAsker.Ask(_desk, client.Client, transport, message, reply);
        }
        else
        {
            reply.SetResult(null);
        }
    });

    /// <summary>Asks as a client would that is none: it has no key, no sockets, and numbers that nobody reads.</summary>
    public Task<DnsReply?> AskAsync(INameSource names, UpstreamPolicy upstreams, DnsTransport transport, ReadOnlyMemory<byte> message) => AskAsync(reply =>
    {
        var client = new ClientSession("", names, upstreams, _forwarder);
        DirectAsker.Ask(_desk, client, transport, message, reply);
        client.ReleaseUpstreams(); // a query that was forwarded goes on
    });

    /// <summary>Forgets all answers of others.</summary>
    public void Flush() => _thread.Post(_forwarder.Flush);

    /// <summary>The forwarder's numbers, with the servers of the policies that the clients have now.</summary>
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
        // Whoever waits must not go on in the serving thread.
        var reply = new TaskCompletionSource<DnsReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool willBeAsked = _thread.Post(() =>
        {
            try
            {
                ask(reply);
            }
            catch (Exception error)
            {
                reply.TrySetException(error); // whoever waits must not wait for ever
            }
        });
        return willBeAsked ? reply.Task : Task.FromResult<DnsReply?>(null);
    }
}
