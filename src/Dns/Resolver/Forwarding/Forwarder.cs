using System.Security.Cryptography;
using Net.Dns.Resolver.Caching;
using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;
using Net.Linux;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Gets the answers of others: from the cache, with a question that is on its way already, or by asking.</summary>
internal sealed class Forwarder
{
    private const int UsualAttempts = 3;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ServingThread _thread;
    private readonly DnsServerOptions _options;
    private readonly Action<Exception> _onFault;
    private readonly ServerTable _table;
    private readonly AnswerCache _cache;
    private readonly Deadlines<AnswerCache> _sweeps;
    private readonly Dictionary<QuestionKey, Exchange> _inFlight = [];
    private readonly HashSet<Handover> _handovers = [];

    /// <summary>Makes it; nothing is opened yet.</summary>
    /// <param name="thread">Where all of this is called, and the answers come.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="random">Makes ids.</param>
    /// <param name="onFault">Is told of exceptions that nobody expected.</param>
    /// <param name="openNamespace">Opens a client's network namespace, for servers that are dialled from there.</param>
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
        MostAttempts = Math.Max(UsualAttempts, options.MaxServersTried);
        Turns = new Deadlines<Exchange>(thread, options.UpstreamTimeout / MostAttempts, static exchange => exchange.OnTurn());
        _table = new ServerTable(new ForwardingParts(thread, options, new RandomSource(random), new Dialer(thread, openNamespace, onFault)));
        int share = (options.CacheEntries + options.Threads - 1) / options.Threads;
        _cache = new AnswerCache(share, options.CacheBytes / options.Threads, () => thread.Now);
        _sweeps = new Deadlines<AnswerCache>(thread, SweepInterval, Sweep);
        thread.Watch(Turns);
        thread.Watch(_sweeps);
    }

    /// <summary>How often servers are asked one question, all together; after as many shares of the time it is over.</summary>
    public int MostAttempts { get; }

    /// <summary>When it is another server's turn to be asked.</summary>
    public Deadlines<Exchange> Turns { get; }

    /// <summary>The numbers.</summary>
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
    /// <remarks>Used by one more client until <see cref="UpstreamGroup.Release"/>.</remarks>
    public UpstreamGroup GroupOf(UpstreamPolicy policy) => _table.Take(policy);

    /// <summary>Answers from the cache.</summary>
    /// <param name="group">Whom the client would ask.</param>
    /// <param name="query">What it asks.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="response">Room for the answer, at least 512 bytes; one that is longer, or longer than the client takes, is cut (TC).</param>
    /// <param name="length">The size of the answer in bytes.</param>
    /// <param name="from">Who gave it.</param>
    /// <returns>False: it has to be asked for.</returns>
    public bool TryAnswer(UpstreamGroup group, in DnsQuery query, DnsTransport transport, Span<byte> response, out int length, out UpstreamServer? from)
    {
        CachedAnswer? found = _cache.Find(group, query);
        int most = AnswerFit.Most(query, transport, response.Length);
        length = found?.Write(query, most, _options.MaxUdpResponseSize, _thread.Now, response) ?? 0;
        from = found?.Server;
        return found is not null;
    }

    /// <summary>Asks the servers.</summary>
    /// <param name="group">Whom.</param>
    /// <param name="asker">Who wants to know what, and gets the answer.</param>
    public void Ask(UpstreamGroup group, IAsker asker)
    {
        var key = new QuestionKey(group, asker.Transport, asker.Message);
        if (_inFlight.TryGetValue(key, out Exchange? exchange))
        {
            exchange.Join(asker);
            return;
        }

        exchange = new Exchange(this, key, group.Order(), asker);
        _inFlight.Add(key, exchange);
        exchange.Start();
    }

    /// <summary>Forgets all answers, and which servers failed.</summary>
    public void Flush()
    {
        _cache.Clear();
        foreach (ServerState server in _table.Servers)
        {
            server.ForgetFailure();
        }
    }

    /// <summary>Closes what was opened in a client's network namespace. Its questions that are in flight are given up.</summary>
    public void Forget(string client) => _table.Forget(client);

    /// <summary>Closes everything. Who waits still hears that there is no answer.</summary>
    public void Close()
    {
        foreach (Exchange exchange in _inFlight.Values.ToArray())
        {
            exchange.GiveUp();
        }

        foreach (Handover handover in _handovers)
        {
            handover.Finish();
        }

        _table.Close();
    }

    /// <summary>An exchange is over: who asks the same from now on begins anew, or finds the answer in the cache.</summary>
    public void OnFinished(Exchange exchange, ReadOnlySpan<byte> answer, UpstreamServer? from)
    {
        _inFlight.Remove(exchange.Key);
        if (DnsQuery.TryParse(exchange.Key.Message, out DnsQuery query) == DnsFormatError.None)
        {
            _cache.Store(exchange.Key.Group, query, answer, from, exchange.Counters);
        }

        if (_cache.Count > 0 && _sweeps.Next is null)
        {
            _sweeps.Add(_cache);
        }
    }

    /// <summary>Hands an answer to many when others have had their turn.</summary>
    public void Begin(Handover handover)
    {
        _handovers.Add(handover);
        GoOn(handover);
    }

    /// <summary>Goes on with it when others have had their turn.</summary>
    public void GoOn(Handover handover) => _thread.GoOn(handover);

    /// <summary>All have the answer.</summary>
    public void Forget(Handover handover) => _handovers.Remove(handover);

    /// <summary>Gives one its answer; a fault there is not the others'.</summary>
    public void Complete(IAsker asker, ReadOnlySpan<byte> answer, UpstreamServer? from)
    {
        try
        {
            asker.Complete(answer, from);
        }
        catch (Exception error)
        {
            _onFault(error);
        }
    }

    /// <summary>Has something done when whatever is being done now is done; at once when the thread is about to end.</summary>
    public void Later(Action action)
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
