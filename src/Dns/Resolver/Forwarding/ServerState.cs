namespace Net.Dns.Resolver.Forwarding;

/// <summary>One server, as far as it is known: how it has been doing, and the sockets to it.</summary>
internal sealed class ServerState
{
    private readonly ForwardingParts _parts;
    private readonly SourcePool _sources;
    private readonly StreamPool _streams;
    private readonly Queue<Exchange> _waiting = new(); // for a socket
    private readonly long _memory;
    private long? _failingUntil;
    private long _asked;
    private long _answered;
    private long _failed;
    private long _mismatches;

    /// <summary>Makes it; nothing is opened yet.</summary>
    public ServerState(ForwardingParts parts, UpstreamServer server)
    {
        _parts = parts;
        Server = server;
        _sources = new SourcePool(parts, this, AskWaiting);
        _streams = new StreamPool(parts, this);
        _memory = (long)parts.Options.FailureMemory.TotalMilliseconds;
    }

    /// <summary>Which.</summary>
    public UpstreamServer Server { get; }

    /// <summary>How many groups have it.</summary>
    public int Users { get; set; }

    /// <summary>Whether it failed lately.</summary>
    public bool IsFailing => _failingUntil > _parts.Thread.Now;

    /// <summary>Its numbers.</summary>
    public UpstreamServerStatistics Statistics => new(Server)
    {
        Asked = _asked,
        Answered = _answered,
        Failed = _failed,
        Mismatches = _mismatches,
        IsFailing = IsFailing,
    };

    /// <summary>Asks, the way the question came.</summary>
    /// <returns>False: it cannot be reached.</returns>
    public bool TryAsk(Exchange exchange)
    {
        _asked++;
        if (exchange.Transport == DnsTransport.Tcp)
        {
            _streams.Ask(exchange);
            return true;
        }

        return TryAskNow(exchange);
    }

    /// <summary>Asks for the whole of an answer that was cut.</summary>
    /// <returns>False: there are too many connections for now.</returns>
    public bool TryAskForWhole(Exchange exchange)
    {
        bool isAsked = _streams.TryAsk(exchange);
        _asked += isAsked ? 1 : 0;
        return isAsked;
    }

    /// <summary>Whether it should come after others: it failed lately. When that is over, one question finds out for all how it is now.</summary>
    public bool ShouldWait()
    {
        if (_failingUntil <= _parts.Thread.Now)
        {
            _failingUntil = _parts.Thread.Now + _memory;
            return false;
        }

        return _failingUntil is not null;
    }

    /// <summary>It gave an answer.</summary>
    public void NoteAnswer()
    {
        _answered++;
        _failingUntil = null;
    }

    /// <summary>It gave no answer in its time, or its host says that nobody listens.</summary>
    public void NoteUnreachable() => _failingUntil = _parts.Thread.Now + _memory;

    /// <summary>It could not help with a question.</summary>
    public void NoteFailure() => _failed++;

    /// <summary>Something came in its name that was no answer.</summary>
    public void NoteMismatch() => _mismatches++;

    /// <summary>Forgets that it failed.</summary>
    public void ForgetFailure() => _failingUntil = null;

    /// <summary>Closes its sockets, for good.</summary>
    public void Close()
    {
        _sources.Close();
        _streams.Close();
        AskWaiting();
    }

    private bool TryAskNow(Exchange exchange)
    {
        if (_sources.Take() is { } socket)
        {
            if (socket.TryAsk(exchange))
            {
                return true;
            }

            NoteUnreachable();
            return false;
        }

        if (!_sources.IsOpening)
        {
            NoteUnreachable();
            return false;
        }

        _waiting.Enqueue(exchange);
        return true;
    }

    private void AskWaiting()
    {
        for (int count = _waiting.Count; count > 0; count--)
        {
            Exchange exchange = _waiting.Dequeue();
            if (!exchange.IsDone && !TryAskNow(exchange))
            {
                exchange.OnFailure(this);
            }
        }
    }
}
