using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's TCP connection: messages with their length before them (RFC 1035 4.2.2), any number without waiting for answers, which go back as
/// they come (RFC 7766 6.2.1.1).</summary>
/// <remarks>A client that sends no whole message for a while, and one that does not take its answers, loses the connection: neither holds more memory here
/// than one message and the answers to what was read at once, and a client with many of them no more than sixteen.</remarks>
internal sealed class StreamConnection : IReadinessHandler
{
    private const int AtATime = 8; // messages; then others have their turn, of whom one client can be a hundred
    private const int MostUnsent = 256 * 1024; // then nothing more is read before some has gone
    private const int MostUnsentOfClient = 16 * MostUnsent; // all its connections together; then whichever adds to it is closed

    private readonly StreamParts _parts;
    private readonly ClientSession _client;
    private readonly StreamListener _listener;
    private readonly StreamSocket _socket;
    private readonly LinkedListNode<(StreamConnection, long)> _idle;
    private readonly long _watch;
    private readonly Unsent _unsent;
    private readonly Unread _unread = new();
    private PollEvents _wanted = PollEvents.Readable;
    private int _due; // answers that the forwarder will give
    private bool _hasEnded; // the client sends no more
    private bool _closed;

    /// <summary>Begins to serve.</summary>
    public StreamConnection(StreamParts parts, ClientSession client, StreamListener listener, StreamSocket socket)
    {
        _parts = parts;
        _client = client;
        _listener = listener;
        _socket = socket;
        _unsent = new Unsent(client);
        _watch = parts.Thread.Watch(socket.Handle, this);
        _idle = parts.Idle.Add(this);
    }

    /// <inheritdoc/>
    public Share? Share => _client.Share;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        if (_hasEnded && (events & (PollEvents.HangUp | PollEvents.Error)) != 0)
        {
            Close(); // nor does it take answers
            return;
        }

        if (_unsent.Length < MostUnsent)
        {
            if (_unread.HasMessage)
            {
                Answer(_unread.Bytes);
            }
            else if (!_hasEnded)
            {
                Read();
            }
        }

        Flush();
    }

    /// <summary>The time for a whole message, or for taking an answer, is over.</summary>
    public void OnIdle()
    {
        if (_due > 0 && _unsent.Length == 0)
        {
            _parts.Idle.Renew(_idle);
        }
        else
        {
            Close();
        }
    }

    /// <summary>Sends an answer that was not there at once; lost when the client has gone.</summary>
    public void AnswerLate(ReadOnlySpan<byte> response)
    {
        _due--;
        if (_unsent.Length >= 2 * MostUnsent)
        {
            Close(); // it asks much and takes nothing
        }
        else if (!_closed)
        {
            _unsent.Add(response);
            Flush();
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _parts.Idle.Remove(_idle);
            _parts.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _unsent.Drop();
            _listener.Forget(this);
        }
    }

    // Into the room of all when nothing is left from before, as it is mostly: then a connection holds no memory.
    private void Read()
    {
        bool isNew = _unread.IsEmpty;
        Errno errno = _socket.Receive(isNew ? _parts.Incoming : _unread.Room(), out int received);
        if (errno == Errno.None)
        {
            _hasEnded = received == 0;
            _unread.Add(isNew ? 0 : received);
            Answer(isNew ? _parts.Incoming.AsMemory(0, received) : _unread.Bytes);
        }
        else if (errno != Errno.TryAgain)
        {
            Close();
        }
    }

    private void Answer(ReadOnlyMemory<byte> bytes)
    {
        int taken = 0;
        while (taken < AtATime && _unsent.Length < MostUnsent && Unread.TryCut(ref bytes, out ReadOnlyMemory<byte> message))
        {
            AnswerOne(message);
            taken++;
        }

        _unread.Keep(bytes);
        if (taken > 0)
        {
            _parts.Idle.Renew(_idle);
        }
    }

    private void AnswerOne(ReadOnlyMemory<byte> message)
    {
        if (!_parts.Desk.TryAnswer(_client, message, DnsTransport.Tcp, _parts.Answer, out int length))
        {
            _due++;
            _parts.Desk.Forward(new StreamAsker(_parts.Desk, _client, message, this));
        }
        else if (length > 0)
        {
            _unsent.Add(_parts.Answer.AsSpan(0, length));
        }
    }

    private void Flush()
    {
        if (_closed)
        {
            return;
        }

        int before = _unsent.Length;
        if (!_unsent.TrySend(_socket) || _client.Unsent > MostUnsentOfClient || (_hasEnded && !_unread.HasMessage && _due == 0 && _unsent.Length == 0))
        {
            Close();
            return;
        }

        if (_unsent.Length < before)
        {
            _parts.Idle.Renew(_idle);
        }

        Listen();
        if (_unread.HasMessage && _unsent.Length < MostUnsent)
        {
            _parts.Thread.GoOn(this);
        }
    }

    // Once the client has ended its socket would be readable for ever, and so would one that nothing is to be read from before answers have gone.
    private void Listen()
    {
        bool reads = !_hasEnded && !_unread.HasMessage && _unsent.Length < MostUnsent;
        PollEvents wanted = (reads ? PollEvents.Readable : PollEvents.None) | (_unsent.IsWaiting ? PollEvents.Writable : PollEvents.None);
        if (wanted != _wanted)
        {
            _wanted = wanted;
            _parts.Thread.Change(_watch, _socket.Handle, wanted);
        }
    }
}
