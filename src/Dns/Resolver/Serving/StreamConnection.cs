using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's TCP connection. Messages have a length prefix (RFC 1035 4.2.2); a client may send any number without waiting for
/// responses, which are sent in the order in which they are ready (RFC 7766 6.2.1.1).</summary>
/// <remarks>A client that sends no whole message for a while, and one that does not take its responses, loses the connection. A connection
/// holds no more memory here than one message and the responses to what was read at once, and all connections of one client no more than
/// sixteen times that.</remarks>
internal sealed class StreamConnection : IReadinessHandler
{
    /// <summary>How many messages are handled in one call; then other handlers run, since one client may have a hundred
    /// connections.</summary>
    private const int MessagesPerCall = 8;

    /// <summary>While this many bytes are unsent, nothing more is read.</summary>
    private const int MaxUnsentBytes = 256 * 1024;

    /// <summary>When all connections of a client together have more unsent bytes, the connection that adds to them is closed.</summary>
    private const int MaxUnsentBytesOfClient = 16 * MaxUnsentBytes;

    private readonly StreamResources _resources;
    private readonly ClientSession _client;
    private readonly StreamListener _listener;
    private readonly StreamSocket _socket;
    private readonly LinkedListNode<(StreamConnection, long)> _idleTimeout;
    private readonly long _watch;
    private readonly SendBuffer _unsent;
    private readonly ReceiveBuffer _unread = new();
    private PollEvents _watched = PollEvents.Readable;
    private int _forwarded; // queries that were forwarded and have no response yet
    private bool _hasEnded; // the client has shut its side down
    private bool _closed;

    /// <summary>Begins to serve.</summary>
    public StreamConnection(StreamResources resources, ClientSession client, StreamListener listener, StreamSocket socket)
    {
        _resources = resources;
        _client = client;
        _listener = listener;
        _socket = socket;
        _unsent = new SendBuffer(client);
        _watch = resources.Thread.Watch(socket.Handle, this);
        _idleTimeout = resources.IdleTimeouts.Add(this);
    }

    /// <inheritdoc/>
    public ClientQuota? Quota => _client.Quota;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        if (_hasEnded && (events & (PollEvents.HangUp | PollEvents.Error)) != 0)
        {
            Close(); // the client takes no responses either
            return;
        }

        if (_unsent.Length < MaxUnsentBytes)
        {
            if (_unread.HasMessage)
            {
                Handle(_unread.Bytes);
            }
            else if (!_hasEnded)
            {
                Read();
            }
        }

        Flush();
    }

    /// <summary>The time in which the client had to send a whole message, or to take a response, is over.</summary>
    public void OnIdle()
    {
        if (_forwarded > 0 && _unsent.Length == 0)
        {
            _resources.IdleTimeouts.Renew(_idleTimeout);
        }
        else
        {
            Close();
        }
    }

    /// <summary>Sends the response to a forwarded query; it is lost when the client has gone.</summary>
    public void SendForwarded(ReadOnlySpan<byte> response)
    {
        _forwarded--;
        if (_unsent.Length >= 2 * MaxUnsentBytes)
        {
            Close(); // the client sends many queries and takes no responses
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
            _resources.IdleTimeouts.Remove(_idleTimeout);
            _resources.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _unsent.Clear();
            _listener.Remove(this);
        }
    }

    // Reads into the shared buffer while nothing is left from before, which is the usual case: then the connection holds no memory.
    private void Read()
    {
        bool useShared = _unread.IsEmpty;
        Errno errno = _socket.Receive(useShared ? _resources.ReadBuffer : _unread.GetSpace(), out int received);
        if (errno == Errno.None)
        {
            _hasEnded = received == 0;
            _unread.Advance(useShared ? 0 : received);
            Handle(useShared ? _resources.ReadBuffer.AsMemory(0, received) : _unread.Bytes);
        }
        else if (errno != Errno.TryAgain)
        {
            Close();
        }
    }

    private void Handle(ReadOnlyMemory<byte> bytes)
    {
        int handled = 0;
        while (handled < MessagesPerCall && _unsent.Length < MaxUnsentBytes
            && ReceiveBuffer.TryReadMessage(ref bytes, out ReadOnlyMemory<byte> message))
        {
            HandleMessage(message);
            handled++;
        }

        _unread.Keep(bytes);
        if (handled > 0)
        {
            _resources.IdleTimeouts.Renew(_idleTimeout);
        }
    }

    private void HandleMessage(ReadOnlyMemory<byte> message)
    {
        if (!_resources.Dispatcher.TryAnswer(_client, message, DnsTransport.Tcp, _resources.ResponseBuffer, out int length))
        {
            _forwarded++;
            _resources.Dispatcher.Forward(new StreamPendingQuery(_resources.Dispatcher, _client, message, this));
        }
        else if (length > 0)
        {
            _unsent.Add(_resources.ResponseBuffer.AsSpan(0, length));
        }
    }

    private void Flush()
    {
        if (_closed)
        {
            return;
        }

        int before = _unsent.Length;
        bool isAlive = _unsent.TrySend(_socket);
        bool isDone = _hasEnded && !_unread.HasMessage && _forwarded == 0 && _unsent.Length == 0;
        if (!isAlive || isDone || _client.UnsentBytes > MaxUnsentBytesOfClient)
        {
            Close();
            return;
        }

        if (_unsent.Length < before)
        {
            _resources.IdleTimeouts.Renew(_idleTimeout);
        }

        UpdateWatch();
        if (_unread.HasMessage && _unsent.Length < MaxUnsentBytes)
        {
            _resources.Thread.Reschedule(this);
        }
    }

    // The socket is watched for reading only while something is to be read: it stays readable for ever once the client has shut its side
    // down, and while responses have to go first.
    private void UpdateWatch()
    {
        bool reads = !_hasEnded && !_unread.HasMessage && _unsent.Length < MaxUnsentBytes;
        PollEvents wanted = (reads ? PollEvents.Readable : PollEvents.None) | (_unsent.IsBlocked ? PollEvents.Writable : PollEvents.None);
        if (wanted != _watched)
        {
            _watched = wanted;
            _resources.Thread.Change(_watch, _socket.Handle, wanted);
        }
    }
}
