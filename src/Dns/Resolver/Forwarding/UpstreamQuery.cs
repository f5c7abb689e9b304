using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>One query on its way to upstream servers, and all pending queries that wait for its response.</summary>
/// <remarks>The time is cut into equal shares, one for each attempt. The servers are asked one after another, the next one when the share
/// of the one before is over; with few servers the first is asked again. A late response of a server that was asked earlier is accepted
/// until the time is over. After a server that cannot help the next one is asked at once.</remarks>
internal sealed class UpstreamQuery
{
    private readonly Forwarder _forwarder;
    private readonly UpstreamServerState[] _servers;
    private readonly IPendingQuery _first;
    private List<IPendingQuery>? _joined;
    private List<UpstreamConnection>? _connections;
    private LinkedListNode<(UpstreamQuery, long)>? _timeout;
    private byte[]? _fallback; // a failure or a truncated response, which is given when no better one comes
    private UpstreamServerState? _fallbackServer;
    private bool _isStarting;
    private int _sharesOver;
    private int _attempts;
    private int _next; // index of the server that is asked next
    private int _last; // index of the server that was asked last
    private int _asked; // a bit for each server
    private int _answered; // a bit for each server
    private int _failed; // a bit for each server

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="forwarder">Told of the end.</param>
    /// <param name="key">The query and the servers.</param>
    /// <param name="servers">The servers in the order in which they are asked.</param>
    /// <param name="first">The pending query that causes it.</param>
    public UpstreamQuery(Forwarder forwarder, UpstreamQueryKey key, UpstreamServerState[] servers, IPendingQuery first)
    {
        _forwarder = forwarder;
        _servers = servers;
        _first = first;
        Key = key;
        QuestionEnd = QuestionSection.End(Message);
    }

    /// <summary>The query and the servers.</summary>
    public UpstreamQueryKey Key { get; }

    /// <summary>The query, with the id of the first client's message.</summary>
    public ReadOnlySpan<byte> Message => Key.Message.Span;

    /// <summary>The offset at which the query's question ends.</summary>
    public int QuestionEnd { get; }

    /// <summary>How the query came, and how it is forwarded.</summary>
    public DnsTransport Transport => Key.Transport;

    /// <summary>The counters of the first client, which count what happens on the way.</summary>
    public DnsCounters Counters => _first.Counters;

    /// <summary>Whether it has been completed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Asks the first server.</summary>
    public void Start()
    {
        _isStarting = true;
        _timeout = _forwarder.AttemptTimeouts.Add(this);
        AskNext(except: 0);
        _isStarting = false;
    }

    /// <summary>Adds a pending query that gets the same response.</summary>
    public void Join(IPendingQuery query)
    {
        query.Counters.Add(DnsCounters.Counter.Joined);
        (_joined ??= []).Add(query);
    }

    /// <summary>A share of the time is over: the next server is asked, or the query ends.</summary>
    public void OnAttemptTimeout()
    {
        _sharesOver++;
        if (Transport == DnsTransport.Udp && (_answered & Bit(_last)) == 0)
        {
            _servers[_last].MarkUnreachable();
            _servers[_last].CountFailure();
        }

        if (_sharesOver == _forwarder.MaxAttempts)
        {
            Finish(_fallback, _fallbackServer);
            return;
        }

        _timeout = _forwarder.AttemptTimeouts.Add(this);
        AskNext(except: 0);
    }

    /// <summary>A server has responded.</summary>
    /// <param name="server">The server.</param>
    /// <param name="response">The response, valid during the call only.</param>
    /// <param name="transport">How the response came.</param>
    public void OnResponse(UpstreamServerState server, ReadOnlySpan<byte> response, DnsTransport transport)
    {
        if (IsDone)
        {
            return;
        }

        _answered |= Bit(Array.IndexOf(_servers, server));
        if (ResponseMatcher.IsFailure(response))
        {
            KeepAsFallback(response, server);
            OnFailure(server);
        }
        else if (transport == DnsTransport.Udp && ResponseMatcher.IsTruncated(response) && server.TryRetryOverTcp(this))
        {
            Counters.Add(DnsCounters.Counter.TcpRetries);
            KeepAsFallback(response, server);
        }
        else
        {
            Finish(response, server);
        }
    }

    /// <summary>A server cannot help: the next one is asked at once.</summary>
    public void OnFailure(UpstreamServerState server)
    {
        if (!IsDone)
        {
            server.CountFailure();
            _failed |= Bit(Array.IndexOf(_servers, server));
            AskNext(except: _asked);
        }
    }

    /// <summary>Ends without a response.</summary>
    public void Abort()
    {
        if (!IsDone)
        {
            Finish([], null);
        }
    }

    /// <summary>Adds a TCP connection that is made for this query and is closed with it.</summary>
    public void AddConnection(UpstreamConnection connection) => (_connections ??= []).Add(connection);

    private static int Bit(int index) => 1 << index;

    private void AskNext(int except)
    {
        while (_attempts < _forwarder.MaxAttempts && TrySelectServer(except | _failed))
        {
            _attempts++;
            _asked |= Bit(_last);
            if (_servers[_last].TrySend(this))
            {
                return;
            }

            _servers[_last].CountFailure();
            _failed |= Bit(_last);
            except = _asked; // no server is asked twice within one share of the time
        }

        if (_failed == Bit(_servers.Length) - 1)
        {
            Finish(_fallback, _fallbackServer);
        }
    }

    private bool TrySelectServer(int except)
    {
        for (int i = 0; i < _servers.Length; i++)
        {
            int index = (_next + i) % _servers.Length;
            if ((except & Bit(index)) == 0)
            {
                _last = index;
                _next = index + 1;
                return true;
            }
        }

        return false;
    }

    // The first one is kept, but a truncated response is worth more than a failure.
    private void KeepAsFallback(ReadOnlySpan<byte> response, UpstreamServerState server)
    {
        if (_fallback is null || (ResponseMatcher.IsFailure(_fallback) && !ResponseMatcher.IsFailure(response)))
        {
            _fallback = response.ToArray();
            _fallbackServer = server;
        }
    }

    private void Finish(ReadOnlySpan<byte> response, UpstreamServerState? from)
    {
        IsDone = true;
        _forwarder.OnFinished(this, response, from?.Server);
        if (_timeout is not null)
        {
            _forwarder.AttemptTimeouts.Remove(_timeout);
        }

        _connections?.ForEach(static connection => connection.Close());
        if (_isStarting)
        {
            _forwarder.RunLater(() => Complete([], null)); // no server can have responded yet
        }
        else
        {
            Complete(response, from?.Server);
        }
    }

    private void Complete(ReadOnlySpan<byte> response, UpstreamServer? from)
    {
        _forwarder.Complete(_first, response, from);
        if (_joined is { Count: > ResponseFanOut.QueriesPerCall })
        {
            _forwarder.Begin(new ResponseFanOut(_forwarder, _first.Quota, _joined, response.ToArray(), from));
            return;
        }

        foreach (IPendingQuery query in _joined ?? [])
        {
            _forwarder.Complete(query, response, from);
        }
    }
}
