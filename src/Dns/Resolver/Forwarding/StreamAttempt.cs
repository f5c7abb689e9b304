using System.Buffers.Binary;
using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>One question over a TCP connection of its own, which ends with the answer. Source: RFC 1035 4.2.2, RFC 7766.</summary>
internal sealed class StreamAttempt : IReadinessHandler
{
    private const int PrefixLength = sizeof(ushort);
    private const int UsualLength = 4096;

    private readonly ForwardingParts _parts;
    private readonly ServerState _server;
    private readonly StreamPool _pool;
    private readonly StreamSocket _socket;
    private readonly ushort _id;
    private readonly byte[] _query;
    private readonly long _watch;
    private byte[] _received = [];
    private int _receivedLength;
    private int _sentLength;
    private bool _isConnected;
    private bool _closed;

    /// <summary>Begins.</summary>
    /// <param name="parts">What all share.</param>
    /// <param name="server">Whom the socket leads to.</param>
    /// <param name="pool">Is told of the end.</param>
    /// <param name="socket">Being connected; this owns it from here on, unless this throws.</param>
    /// <param name="exchange">The question.</param>
    /// <exception cref="LinuxException">The kernel has no room to watch it.</exception>
    public StreamAttempt(ForwardingParts parts, ServerState server, StreamPool pool, StreamSocket socket, Exchange exchange)
    {
        _parts = parts;
        _server = server;
        _pool = pool;
        _socket = socket;
        Exchange = exchange;
        _id = parts.Random.NextId();
        _query = new byte[PrefixLength + exchange.Query.Length];
        BinaryPrimitives.WriteUInt16BigEndian(_query, (ushort)exchange.Query.Length);
        exchange.Query.CopyTo(_query.AsSpan(PrefixLength));
        BinaryPrimitives.WriteUInt16BigEndian(_query.AsSpan(PrefixLength), _id);
        _watch = parts.Thread.Watch(socket.Handle, this, PollEvents.Writable);
    }

    /// <summary>The question.</summary>
    public Exchange Exchange { get; }

    /// <inheritdoc/>
    public Share? Share => null;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        if (!_isConnected && _socket.TakeError() != Errno.None)
        {
            Fail();
            return;
        }

        _isConnected = true;
        if (_sentLength < _query.Length)
        {
            Send();
        }
        else
        {
            Receive();
        }
    }

    /// <summary>There will be no answer.</summary>
    public void Fail()
    {
        Close();
        Exchange.OnFailure(_server);
    }

    /// <summary>Ends the connection.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _parts.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _pool.Forget(this);
        }
    }

    private void Send()
    {
        Errno errno = _socket.Send(_query.AsSpan(_sentLength), out int length);
        _sentLength += length;
        if (errno != Errno.None && errno != Errno.TryAgain)
        {
            Fail();
        }
        else if (_sentLength == _query.Length)
        {
            _parts.Thread.Change(_watch, _socket.Handle, PollEvents.Readable);
        }
    }

    private void Receive()
    {
        int needed = _receivedLength < PrefixLength ? UsualLength : PrefixLength + FrameLength(0);
        if (_received.Length < needed)
        {
            Array.Resize(ref _received, needed);
        }

        Errno errno = _socket.Receive(_received.AsSpan(_receivedLength), out int length);
        _receivedLength += length;
        if (errno == Errno.TryAgain)
        {
            return;
        }

        if (errno != Errno.None || length == 0)
        {
            Fail();
            return;
        }

        // What is left is moved once, however many messages there were: a server that sends thousands of its own accord must not be a burden.
        int at = 0;
        while (!_closed && _receivedLength - at >= PrefixLength)
        {
            int frame = FrameLength(at);
            if (frame < DnsHeader.Size)
            {
                Fail();
            }
            else if (_receivedLength - at < PrefixLength + frame)
            {
                break;
            }
            else
            {
                Take(_received.AsSpan(at + PrefixLength, frame));
                at += PrefixLength + frame;
            }
        }

        _receivedLength -= at;
        Array.Copy(_received, at, _received, 0, _receivedLength);
    }

    private int FrameLength(int at) => BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(at));

    private void Take(ReadOnlySpan<byte> reply)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(reply) == _id && ReplyCheck.IsAnswer(Exchange.Query, Exchange.EndOfQuestion, reply))
        {
            Close();
            _server.NoteAnswer();
            Exchange.OnReply(_server, reply, DnsTransport.Tcp);
        }
        else
        {
            _server.NoteMismatch();
            Exchange.Counters.Add(DnsCounters.Counter.UpstreamMismatches);
        }
    }
}
