using System.Buffers.Binary;
using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>A TCP connection to an upstream server that is made for one query and ends with its response. Source: RFC 1035 4.2.2, RFC
/// 7766.</summary>
internal sealed class UpstreamConnection : IReadinessHandler
{
    private const int PrefixLength = sizeof(ushort);
    private const int InitialCapacity = 4096;

    private readonly UpstreamResources _resources;
    private readonly UpstreamServerState _server;
    private readonly UpstreamConnectionPool _pool;
    private readonly StreamSocket _socket;
    private readonly ushort _id;
    private readonly byte[] _message;
    private readonly long _watch;
    private byte[] _received = [];
    private int _receivedLength;
    private int _sentLength;
    private bool _isConnected;
    private bool _closed;

    /// <summary>Waits for the connection, to send the query then.</summary>
    /// <param name="resources">What all sockets to upstream servers share.</param>
    /// <param name="server">The server.</param>
    /// <param name="pool">Told of the end.</param>
    /// <param name="socket">A socket that is being connected; this object owns it, unless the constructor throws.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="LinuxException">The kernel has no room to watch it.</exception>
    public UpstreamConnection(
        UpstreamResources resources, UpstreamServerState server, UpstreamConnectionPool pool, StreamSocket socket, UpstreamQuery query)
    {
        _resources = resources;
        _server = server;
        _pool = pool;
        _socket = socket;
        Query = query;
        _id = resources.Random.NextId();
        _message = new byte[PrefixLength + query.Message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(_message, (ushort)query.Message.Length);
        query.Message.CopyTo(_message.AsSpan(PrefixLength));
        BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(PrefixLength), _id);
        _watch = resources.Thread.Watch(socket.Handle, this, PollEvents.Writable);
    }

    /// <summary>The query.</summary>
    public UpstreamQuery Query { get; }

    /// <inheritdoc/>
    public ClientQuota? Quota => null;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        if (!_isConnected && _socket.TakeError() != Errno.None)
        {
            Fail();
            return;
        }

        _isConnected = true;
        if (_sentLength < _message.Length)
        {
            Send();
        }
        else
        {
            Receive();
        }
    }

    /// <summary>Closes the connection and tells the query that there will be no response.</summary>
    public void Fail()
    {
        Close();
        Query.OnFailure(_server);
    }

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _resources.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _pool.Remove(this);
        }
    }

    private void Send()
    {
        Errno errno = _socket.Send(_message.AsSpan(_sentLength), out int length);
        _sentLength += length;
        if (errno is not (Errno.None or Errno.TryAgain))
        {
            Fail();
        }
        else if (_sentLength == _message.Length)
        {
            _resources.Thread.Change(_watch, _socket.Handle, PollEvents.Readable);
        }
    }

    private void Receive()
    {
        int needed = _receivedLength < PrefixLength ? InitialCapacity : PrefixLength + MessageLength(0);
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

        // Bytes that are left are moved once, however many messages there were: a server that sends thousands unasked must not be a burden.
        int offset = 0;
        while (!_closed && _receivedLength - offset >= PrefixLength)
        {
            int messageLength = MessageLength(offset);
            if (messageLength < DnsHeader.Size)
            {
                Fail();
            }
            else if (_receivedLength - offset < PrefixLength + messageLength)
            {
                break;
            }
            else
            {
                Handle(_received.AsSpan(offset + PrefixLength, messageLength));
                offset += PrefixLength + messageLength;
            }
        }

        _receivedLength -= offset;
        Array.Copy(_received, offset, _received, 0, _receivedLength);
    }

    private int MessageLength(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(offset));

    private void Handle(ReadOnlySpan<byte> response)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(response) == _id && ResponseMatcher.Matches(Query.Message, Query.QuestionEnd, response))
        {
            Close();
            _server.MarkResponding();
            Query.OnResponse(_server, response, DnsTransport.Tcp);
        }
        else
        {
            _server.CountMismatch();
            Query.Counters.Add(DnsCounters.Counter.UpstreamMismatches);
        }
    }
}
