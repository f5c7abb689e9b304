using System.Security.Cryptography;
using Net.Dns.Resolver.Caching;
using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;
using Net.Linux;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Gets the responses of upstream servers: from the cache, together with a query that is in flight already, or by sending a
/// query.</summary>
internal sealed class Forwarder
{
    private const int MinAttempts = 3;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ServingThread _thread;
    private readonly DnsServerOptions _options;
    private readonly Action<Exception> _onFault;
    private readonly UpstreamTable _table;
    private readonly AnswerCache _cache;
    private readonly TimeoutQueue<AnswerCache> _sweeps;
    private readonly Dictionary<UpstreamQueryKey, UpstreamQuery> _inFlight = [];
    private readonly HashSet<ResponseFanOut> _fanOuts = [];

    /// <summary>Makes it; nothing is opened yet.</summary>
    /// <param name="thread">The serving thread, in which all of this is called.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="random">Makes ids.</param>
    /// <param name="onFault">Told of unexpected exceptions.</param>
    /// <param name="openNamespace">Opens the network namespace of the client with a key, for servers that are dialled from there.</param>
    public Forwarder(
        ServingThread thread,
        DnsServerOptions options,
        RandomNumberGenerator random,
        Action<Exception> onFault,
        Func<string, NetworkNamespace>? openNamespace = null)
    {
        _thread = thread;
        _options = options;
        _onFault = onFault;
        MaxAttempts = Math.Max(MinAttempts, options.MaxServersTried);
        AttemptTimeouts = new TimeoutQueue<UpstreamQuery>(
            thread, options.UpstreamTimeout / MaxAttempts, static query => query.OnAttemptTimeout());
        var dialer = new Dialer(thread, openNamespace, onFault);
        _table = new UpstreamTable(new UpstreamResources(thread, options, new RandomSource(random), dialer));
        int entriesOfThread = (options.CacheEntries + options.Threads - 1) / options.Threads;
        _cache = new AnswerCache(entriesOfThread, options.CacheBytes / options.Threads, () => thread.Now);
        _sweeps = new TimeoutQueue<AnswerCache>(thread, SweepInterval, Sweep);
        thread.Watch(AttemptTimeouts);
        thread.Watch(_sweeps);
    }

    /// <summary>How many attempts one query has, over all servers. The time of the query is cut into as many equal shares.</summary>
    public int MaxAttempts { get; }

    /// <summary>The timeouts after which queries try the next server.</summary>
    public TimeoutQueue<UpstreamQuery> AttemptTimeouts { get; }

    /// <summary>The statistics of the cache and the servers.</summary>
    public ForwarderStatistics Statistics => new()
    {
        CacheEntries = _cache.Count,
        CacheBytes = _cache.Bytes,
        CacheHits = _cache.Hits,
        CacheMisses = _cache.Misses,
        CacheEvictions = _cache.Evictions,
        Servers = [.. _table.UsedServers.Select(static server => server.Statistics)],
    };

    /// <summary>The servers of a policy, with what is known of them: one group for all clients with an equal policy.</summary>
    /// <remarks>One more client uses the group until <see cref="UpstreamGroup.Release"/>.</remarks>
    public UpstreamGroup AcquireGroup(UpstreamPolicy policy) => _table.Acquire(policy);

    /// <summary>Answers a query from the cache.</summary>
    /// <param name="group">The client's upstream servers.</param>
    /// <param name="query">The query.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="response">Takes the response, at least 512 bytes; a response that is longer, or longer than the client accepts, is
    /// truncated (TC).</param>
    /// <param name="length">The size of the response in bytes.</param>
    /// <param name="from">The server that gave it.</param>
    /// <returns>False: the response is not in the cache.</returns>
    public bool TryAnswer(
        UpstreamGroup group, in DnsQuery query, DnsTransport transport, Span<byte> response, out int length, out UpstreamServer? from)
    {
        CachedAnswer? found = _cache.Find(group, query);
        int maxLength = ClientResponseWriter.MaxLength(query, transport, response.Length);
        length = found?.Write(query, maxLength, _options.MaxUdpResponseSize, _thread.Now, response) ?? 0;
        from = found?.Server;
        return found is not null;
    }

    /// <summary>Forwards a query to upstream servers, or joins it to an equal query that is in flight.</summary>
    /// <param name="group">The client's upstream servers.</param>
    /// <param name="pending">The query; it is completed with the response.</param>
    public void Forward(UpstreamGroup group, IPendingQuery pending)
    {
        var key = new UpstreamQueryKey(group, pending.Transport, pending.Message);
        if (_inFlight.TryGetValue(key, out UpstreamQuery? query))
        {
            query.Join(pending);
            return;
        }

        query = new UpstreamQuery(this, key, group.OrderForQuery(), pending);
        _inFlight.Add(key, query);
        query.Start();
    }

    /// <summary>Empties the cache, and forgets which servers failed.</summary>
    public void Flush()
    {
        _cache.Clear();
        foreach (UpstreamServerState server in _table.Servers)
        {
            server.ForgetFailure();
        }
    }

    /// <summary>Closes the sockets in a client's network namespace, and drops the queries that were sent from there.</summary>
    public void RemoveClient(string client) => _table.RemoveClient(client);

    /// <summary>Closes everything. Pending queries are completed without a response first.</summary>
    public void Close()
    {
        foreach (UpstreamQuery query in _inFlight.Values.ToArray())
        {
            query.Abort();
        }

        foreach (ResponseFanOut fanOut in _fanOuts)
        {
            fanOut.Finish();
        }

        _table.Close();
    }

    /// <summary>An upstream query is over: an equal query from now on finds the response in the cache, or is sent anew.</summary>
    public void OnFinished(UpstreamQuery finished, ReadOnlySpan<byte> response, UpstreamServer? from)
    {
        _inFlight.Remove(finished.Key);
        if (DnsQuery.TryParse(finished.Key.Message, out DnsQuery query) == DnsFormatError.None)
        {
            _cache.Store(finished.Key.Group, query, response, from, finished.Counters);
        }

        if (_cache.Count > 0 && _sweeps.Next is null)
        {
            _sweeps.Add(_cache);
        }
    }

    /// <summary>Begins to give a response to many pending queries, after the work of other clients.</summary>
    public void Begin(ResponseFanOut fanOut)
    {
        _fanOuts.Add(fanOut);
        Reschedule(fanOut);
    }

    /// <summary>Goes on with it after the work of other clients.</summary>
    public void Reschedule(ResponseFanOut fanOut) => _thread.Reschedule(fanOut);

    /// <summary>Removes one that has completed all its queries.</summary>
    public void Remove(ResponseFanOut fanOut) => _fanOuts.Remove(fanOut);

    /// <summary>Completes one pending query; an exception there does not hurt the others.</summary>
    public void Complete(IPendingQuery query, ReadOnlySpan<byte> response, UpstreamServer? from)
    {
        try
        {
            query.Complete(response, from);
        }
        catch (Exception error)
        {
            _onFault(error);
        }
    }

    /// <summary>Runs an action after the present call has returned; at once when the thread is about to end.</summary>
    public void RunLater(Action action)
    {
        if (!_thread.Post(action))
        {
            action();
        }
    }

    private void Sweep(AnswerCache cache)
    {
        cache.RemoveExpired();
        if (cache.Count > 0)
        {
            _sweeps.Add(cache);
        }
    }
}
