using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>One question on its way, and all who wait for its answer.</summary>
/// <remarks>The servers are asked one after another, each having an equal share of the time before the next is asked as well; with few of them it is the first one's turn
/// again. What a slow one says is taken until the time is over. One that cannot help is followed by the next at once.</remarks>
internal sealed class Exchange
{
    private readonly Forwarder _forwarder;
    private readonly ServerState[] _servers;
    private readonly IAsker _first;
    private List<IAsker>? _joined;
    private List<StreamAttempt>? _streams;
    private LinkedListNode<(Exchange, long)>? _turn;
    private byte[]? _words; // of a server that could not help: better than none
    private ServerState? _speaker;
    private bool _isStarting;
    private int _turns;
    private int _attempts;
    private int _next; // place of the server whose turn it is
    private int _last; // place of the one that was asked last
    private int _asked; // a bit a place
    private int _heard;
    private int _failed;

    /// <summary>Makes it.</summary>
    /// <param name="forwarder">Is told of the end.</param>
    /// <param name="key">What is asked, and whom.</param>
    /// <param name="servers">The servers in the order in which they are asked.</param>
    /// <param name="asker">Who asks first.</param>
    public Exchange(Forwarder forwarder, QuestionKey key, ServerState[] servers, IAsker asker)
    {
        _forwarder = forwarder;
        _servers = servers;
        _first = asker;
        Key = key;
        EndOfQuestion = QuestionSection.End(Query);
    }

    /// <summary>What is asked, and whom.</summary>
    public QuestionKey Key { get; }

    /// <summary>The query, with the id of who asked first.</summary>
    public ReadOnlySpan<byte> Query => Key.Message.Span;

    /// <summary>Where the query's question ends.</summary>
    public int EndOfQuestion { get; }

    /// <summary>How it came, and how it is sent on.</summary>
    public DnsTransport Transport => Key.Transport;

    /// <summary>Where what happens on the way is counted.</summary>
    public DnsCounters Counters => _first.Counters;

    /// <summary>Whether the answer was given.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Asks the first server.</summary>
    public void Start()
    {
        _isStarting = true;
        _turn = _forwarder.Turns.Add(this);
        AskNext(except: 0);
        _isStarting = false;
    }

    /// <summary>Gives the answer to one more.</summary>
    public void Join(IAsker asker)
    {
        asker.Counters.Add(DnsCounters.Counter.Joined);
        (_joined ??= []).Add(asker);
    }

    /// <summary>A share of the time is over.</summary>
    public void OnTurn()
    {
        _turns++;
        if (Transport == DnsTransport.Udp && (_heard & Bit(_last)) == 0)
        {
            _servers[_last].NoteUnreachable();
            _servers[_last].NoteFailure();
        }

        if (_turns == _forwarder.MostAttempts)
        {
            Finish(_words, _speaker);
            return;
        }

        _turn = _forwarder.Turns.Add(this);
        AskNext(except: 0);
    }

    /// <summary>A server has answered.</summary>
    /// <param name="server">Which.</param>
    /// <param name="reply">Good during the call only.</param>
    /// <param name="transport">How the answer came.</param>
    public void OnReply(ServerState server, ReadOnlySpan<byte> reply, DnsTransport transport)
    {
        if (IsDone)
        {
            return;
        }

        _heard |= Bit(Array.IndexOf(_servers, server));
        if (ReplyCheck.IsFailure(reply))
        {
            Keep(reply, server);
            OnFailure(server);
        }
        else if (transport == DnsTransport.Udp && ReplyCheck.IsCut(reply) && server.TryAskForWhole(this))
        {
            Counters.Add(DnsCounters.Counter.TcpRetries);
            Keep(reply, server);
        }
        else
        {
            Finish(reply, server);
        }
    }

    /// <summary>A server cannot help.</summary>
    public void OnFailure(ServerState server)
    {
        if (!IsDone)
        {
            server.NoteFailure();
            _failed |= Bit(Array.IndexOf(_servers, server));
            AskNext(except: _asked);
        }
    }

    /// <summary>Nobody will answer any more.</summary>
    public void GiveUp()
    {
        if (!IsDone)
        {
            Finish([], null);
        }
    }

    /// <summary>A connection is being made for this; it is to be closed with it.</summary>
    public void OnConnecting(StreamAttempt attempt) => (_streams ??= []).Add(attempt);

    private static int Bit(int place) => 1 << place;

    private void AskNext(int except)
    {
        while (_attempts < _forwarder.MostAttempts && TryPick(except | _failed))
        {
            _attempts++;
            _asked |= Bit(_last);
            if (_servers[_last].TryAsk(this))
            {
                return;
            }

            _servers[_last].NoteFailure();
            _failed |= Bit(_last);
            except = _asked; // none is asked again before its next turn
        }

        if (_failed == Bit(_servers.Length) - 1)
        {
            Finish(_words, _speaker);
        }
    }

    private bool TryPick(int except)
    {
        for (int i = 0; i < _servers.Length; i++)
        {
            int place = (_next + i) % _servers.Length;
            if ((except & Bit(place)) == 0)
            {
                _last = place;
                _next = place + 1;
                return true;
            }
        }

        return false;
    }

    // A cut answer is worth more than the word that there is none.
    private void Keep(ReadOnlySpan<byte> reply, ServerState server)
    {
        if (_words is null || (ReplyCheck.IsFailure(_words) && !ReplyCheck.IsFailure(reply)))
        {
            _words = reply.ToArray();
            _speaker = server;
        }
    }

    private void Finish(ReadOnlySpan<byte> answer, ServerState? from)
    {
        IsDone = true;
        _forwarder.OnFinished(this, answer, from?.Server);
        if (_turn is not null)
        {
            _forwarder.Turns.Remove(_turn);
        }

        _streams?.ForEach(static attempt => attempt.Close());
        if (_isStarting)
        {
            _forwarder.Later(() => Complete([], null)); // no server can have said anything yet
        }
        else
        {
            Complete(answer, from?.Server);
        }
    }

    private void Complete(ReadOnlySpan<byte> answer, UpstreamServer? from)
    {
        _forwarder.Complete(_first, answer, from);
        if (_joined is { Count: > Handover.AtATime })
        {
            _forwarder.Begin(new Handover(_forwarder, _first.Share, _joined, answer.ToArray(), from));
            return;
        }

        foreach (IAsker asker in _joined ?? [])
        {
            _forwarder.Complete(asker, answer, from);
        }
    }
}
