namespace Net.Dns.Resolver.Forwarding;

/// <summary>What is known of one upstream server: whether it failed lately, its statistics, and the sockets to it.</summary>
internal sealed class UpstreamServerState
{
    private readonly UpstreamResources _resources;
    private readonly UpstreamSocketPool _sockets;
    private readonly UpstreamConnectionPool _connections;
    private readonly Queue<UpstreamQuery> _waiting = new(); // for a socket that is being opened
    private readonly long _failureMemory;
    private long? _failingUntil;
    private long _asked;
    private long _answered;
    private long _failed;
    private long _mismatches;

    /// <summary>Makes it; nothing is opened yet.</summary>
    public UpstreamServerState(UpstreamResources resources, UpstreamServer server)
    {
        _resources = resources;
        Server = server;
        _sockets = new UpstreamSocketPool(resources, this, SendWaiting);
        _connections = new UpstreamConnectionPool(resources, this);
        _failureMemory = (long)resources.Options.FailureMemory.TotalMilliseconds;
    }

    /// <summary>The server.</summary>
    public UpstreamServer Server { get; }

    /// <summary>How many groups contain it.</summary>
    public int Users { get; set; }

    /// <summary>Whether it failed lately.</summary>
    public bool IsFailing => _failingUntil > _resources.Thread.Now;

    /// <summary>Its statistics.</summary>
    public UpstreamServerStatistics Statistics => new(Server)
    {
        Asked = _asked,
        Answered = _answered,
        Failed = _failed,
        Mismatches = _mismatches,
        IsFailing = IsFailing,
    };

    /// <summary>Sends a query, over the transport by which it came.</summary>
    /// <returns>False: the server cannot be reached.</returns>
    public bool TrySend(UpstreamQuery query)
    {
        _asked++;
        if (query.Transport == DnsTransport.Tcp)
        {
            _connections.SendOrQueue(query);
            return true;
        }

        return TrySendNow(query);
    }

    /// <summary>Sends a query over TCP, after its response over UDP was truncated.</summary>
    /// <returns>False: there are too many connections for now.</returns>
    public bool TryRetryOverTcp(UpstreamQuery query)
    {
        bool isSent = _connections.TrySend(query);
        _asked += isSent ? 1 : 0;
        return isSent;
    }

    /// <summary>Whether the server is to be tried after others, because it failed lately. When that time is over, one query tries it for
    /// all: until it responds, it counts as failing for the others.</summary>
    public bool ShouldTryLast()
    {
        if (_failingUntil <= _resources.Thread.Now)
        {
            _failingUntil = _resources.Thread.Now + _failureMemory;
            return false;
        }

        return _failingUntil is not null;
    }

    /// <summary>The server has responded: it is not failing.</summary>
    public void MarkResponding()
    {
        _answered++;
        _failingUntil = null;
    }

    /// <summary>The server did not respond in its time, or its host says that nobody listens: it is failing.</summary>
    public void MarkUnreachable() => _failingUntil = _resources.Thread.Now + _failureMemory;

    /// <summary>Counts a query with which the server could not help.</summary>
    public void CountFailure() => _failed++;

    /// <summary>Counts a message that came from the server's address and was no expected response.</summary>
    public void CountMismatch() => _mismatches++;

    /// <summary>Forgets that the server failed.</summary>
    public void ForgetFailure() => _failingUntil = null;

    /// <summary>Closes its sockets, for good.</summary>
    public void Close()
    {
        _sockets.Close();
        _connections.Close();
        SendWaiting();
    }

    private bool TrySendNow(UpstreamQuery query)
    {
        if (_sockets.TakeForQuery() is { } socket)
        {
            if (socket.TrySend(query))
            {
                return true;
            }

            MarkUnreachable();
            return false;
        }

        if (!_sockets.IsOpening)
        {
            MarkUnreachable();
            return false;
        }

        _waiting.Enqueue(query);
        return true;
    }

    private void SendWaiting()
    {
        for (int count = _waiting.Count; count > 0; count--)
        {
            UpstreamQuery query = _waiting.Dequeue();
            if (!query.IsDone && !TrySendNow(query))
            {
                query.OnFailure(this);
            }
        }
    }
}
