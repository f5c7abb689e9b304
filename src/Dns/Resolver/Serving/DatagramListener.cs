using System.Net.Sockets;
using Net.Dns.Wire;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's UDP socket.</summary>
internal sealed class DatagramListener : IReadinessHandler
{
    private readonly ServingThread _thread;
    private readonly QueryDispatcher _dispatcher;
    private readonly DatagramBatch _batch;
    private readonly ClientSession _client;
    private readonly Socket _socket;
    private readonly long _watch;
    private bool _closed;

    /// <summary>Begins to serve.</summary>
    /// <param name="thread">Watches the socket.</param>
    /// <param name="dispatcher">Handles the messages.</param>
    /// <param name="batch">Receives and sends; used by all clients of the thread, one after another.</param>
    /// <param name="client">The client.</param>
    /// <param name="socket">The bound socket; closed by <see cref="Close"/>.</param>
    public DatagramListener(ServingThread thread, QueryDispatcher dispatcher, DatagramBatch batch, ClientSession client, Socket socket)
    {
        _thread = thread;
        _dispatcher = dispatcher;
        _batch = batch;
        _client = client;
        _socket = socket;
        _watch = thread.Watch(socket.SafeHandle, this, edge: true);
    }

    /// <inheritdoc/>
    public ClientQuota? Quota => _client.Quota;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        Errno errno = _batch.Receive(_socket.SafeHandle);
        if (errno is not (Errno.None or Errno.TryAgain))
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }

        for (int i = 0; i < _batch.Count; i++)
        {
            Handle(i);
        }

        for (int lost = _batch.SendAnswers(_socket.SafeHandle); lost > 0; lost--)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }

        if (_batch.Count == _batch.Capacity || errno is not (Errno.None or Errno.TryAgain))
        {
            _thread.Reschedule(this);
        }
    }

    /// <summary>Sends the response to a forwarded query; it is lost after <see cref="Close"/>.</summary>
    public void Send(ReadOnlySpan<byte> response, in DatagramPeer peer)
    {
        if (!_closed && DatagramBatch.SendTo(_socket.SafeHandle, response, peer) != Errno.None)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }
    }

    /// <summary>Ends the service and closes the socket.</summary>
    public void Close()
    {
        _closed = true;
        _thread.Unwatch(_watch, _socket.SafeHandle);
        _socket.Dispose();
    }

    private void Handle(int index)
    {
        // Of a datagram that was longer than the buffer only the header is kept: it is malformed in any case, and its first bytes may look
        // well-formed by chance.
        ReadOnlyMemory<byte> message = _batch.IsCut(index) ? _batch.Datagram(index)[..DnsHeader.Size] : _batch.Datagram(index);
        if (!_dispatcher.TryAnswer(_client, message, DnsTransport.Udp, _batch.AnswerRoom(index), out int length))
        {
            _dispatcher.Forward(new DatagramPendingQuery(_dispatcher, _client, message, this, _batch.Sender(index)));
        }
        else if (length > 0)
        {
            _batch.Answer(index, length);
        }
    }
}
