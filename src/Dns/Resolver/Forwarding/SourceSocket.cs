using System.Buffers.Binary;
using Net.Dns.Resolver.Serving;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>A UDP socket with a port of its own that hears one server only, and the questions asked from it.</summary>
/// <remarks>An id is known here until its answer has come or the socket is closed, also when the answer has come from elsewhere meanwhile: so a late answer is told
/// from a forged one.</remarks>
internal sealed class SourceSocket : IReadinessHandler
{
    private readonly ForwardingParts _parts;
    private readonly ServerState _server;
    private readonly SourcePool _pool;
    private readonly DatagramClient _socket;
    private readonly long _watch;
    private readonly LinkedListNode<(SourceSocket, long)> _idle;
    private readonly List<(ushort Id, Exchange Exchange)> _asked = [];
    private bool _closed;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="LinuxException">The kernel has no room to watch it.</exception>
    public SourceSocket(ForwardingParts parts, ServerState server, SourcePool pool, DatagramClient socket)
    {
        _parts = parts;
        _server = server;
        _pool = pool;
        _socket = socket;
        _watch = parts.Thread.Watch(socket.Handle, this);
        _idle = parts.Idle.Add(this);
    }

    /// <summary>How many questions were asked from it.</summary>
    public int Uses { get; private set; }

    /// <summary>No more is asked from it: it stays only until its answers are due.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Asks.</summary>
    /// <returns>False: the server cannot be reached.</returns>
    public bool TryAsk(Exchange exchange)
    {
        Uses++;
        _parts.Idle.Renew(_idle);
        ushort id = NewId();
        Span<byte> query = _parts.Outgoing.AsSpan(0, exchange.Query.Length);
        exchange.Query.CopyTo(query);
        BinaryPrimitives.WriteUInt16BigEndian(query, id);
        Errno errno = _socket.Send(query);
        if (errno == Errno.ConnectionRefused)
        {
            // That was said of an earlier one, and this one was not sent.
            (ushort, Exchange)[] refused = TakeAsked();
            _parts.Thread.Post(() => Refuse(refused));
            errno = _socket.Send(query);
        }

        if (errno != Errno.None && errno != Errno.TryAgain && errno != Errno.NoBuffers)
        {
            return false;
        }

        _asked.Add((id, exchange)); // a full queue loses datagrams as a network does, and they are sent again as then
        return true;
    }

    /// <inheritdoc/>
    public Share? Share => null;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        Errno errno = _socket.Receive(_parts.Incoming, out int length);
        if (errno == Errno.None)
        {
            Take(_parts.Incoming.AsSpan(0, length));
        }
        else if (errno != Errno.TryAgain)
        {
            Refuse(TakeAsked());
        }

        if (IsRetired && _asked.Count == 0)
        {
            Close();
        }
    }

    /// <summary>Ends it: what has not been answered will not be.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _parts.Idle.Remove(_idle);
            _parts.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _pool.Forget(this);
        }
    }

    private void Take(ReadOnlySpan<byte> reply)
    {
        int place = reply.Length < sizeof(ushort) ? -1 : PlaceOf(BinaryPrimitives.ReadUInt16BigEndian(reply));
        Exchange? exchange = place >= 0 ? _asked[place].Exchange : null;
        if (exchange is null || !ReplyCheck.IsAnswer(exchange.Query, exchange.EndOfQuestion, reply))
        {
            CountMismatch(exchange);
            return;
        }

        _asked[place] = _asked[^1];
        _asked.RemoveAt(_asked.Count - 1);
        _server.NoteAnswer();
        exchange.OnReply(_server, reply, DnsTransport.Udp);
    }

    // Nobody can say whom a forged answer was meant for: it is counted to one who waits here.
    private void CountMismatch(Exchange? exchange)
    {
        for (int i = _asked.Count - 1; exchange is null or { IsDone: true } && i >= 0; i--)
        {
            exchange = _asked[i].Exchange;
        }

        _server.NoteMismatch();
        exchange?.Counters.Add(DnsCounters.Counter.UpstreamMismatches);
    }

    private (ushort, Exchange)[] TakeAsked()
    {
        (ushort, Exchange)[] all = [.. _asked];
        _asked.Clear();
        return all;
    }

    private void Refuse((ushort, Exchange Exchange)[] asked)
    {
        _server.NoteUnreachable();
        foreach ((_, Exchange exchange) in asked)
        {
            exchange.OnFailure(_server);
        }
    }

    private ushort NewId()
    {
        ushort id;
        do
        {
            id = _parts.Random.NextId();
        }
        while (PlaceOf(id) >= 0);
        return id;
    }

    private int PlaceOf(ushort id)
    {
        for (int i = 0; i < _asked.Count; i++)
        {
            if (_asked[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
