using System.Net.Sockets;
using Net.Dns.Wire;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's UDP socket.</summary>
internal sealed class DatagramService : IReadinessHandler
{
    private readonly ServingThread _thread;
    private readonly Desk _desk;
    private readonly DatagramBatch _batch;
    private readonly ClientSession _client;
    private readonly Socket _socket;
    private readonly long _watch;
    private bool _closed;

    /// <summary>Begins to serve.</summary>
    /// <param name="thread">Watches the socket.</param>
    /// <param name="desk">Deals with the messages.</param>
    /// <param name="batch">Takes them off; used by all clients of the thread, one after another.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="socket">Bound; closed by <see cref="Close"/>.</param>
    public DatagramService(ServingThread thread, Desk desk, DatagramBatch batch, ClientSession client, Socket socket)
    {
        _thread = thread;
        _desk = desk;
        _batch = batch;
        _client = client;
        _socket = socket;
        _watch = thread.Watch(socket.SafeHandle, this, edge: true);
    }

    /// <inheritdoc/>
    public Share? Share => _client.Share;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        Errno errno = _batch.Receive(_socket.SafeHandle);
        if (errno != Errno.None && errno != Errno.TryAgain)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }

        for (int i = 0; i < _batch.Count; i++)
        {
            Take(i);
        }

        for (int lost = _batch.SendAnswers(_socket.SafeHandle); lost > 0; lost--)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }

        if (_batch.Count == _batch.Capacity || (errno != Errno.None && errno != Errno.TryAgain))
        {
            _thread.GoOn(this);
        }
    }

    /// <summary>Sends an answer that was not there at once; lost after <see cref="Close"/>.</summary>
    public void Send(ReadOnlySpan<byte> response, in DatagramPeer peer)
    {
        if (!_closed && DatagramBatch.SendTo(_socket.SafeHandle, response, peer) != Errno.None)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
        }
    }

    /// <summary>Ends the service.</summary>
    public void Close()
    {
        _closed = true;
        _thread.Unwatch(_watch, _socket.SafeHandle);
        _socket.Dispose();
    }

    private void Take(int place)
    {
        // Of one that was cut the header is left: there is something wrong with it in any case, and it may look right by chance.
        ReadOnlyMemory<byte> message = _batch.IsCut(place) ? _batch.Datagram(place)[..DnsHeader.Size] : _batch.Datagram(place);
        if (!_desk.TryAnswer(_client, message, DnsTransport.Udp, _batch.AnswerRoom(place), out int length))
        {
            _desk.Forward(new DatagramAsker(_desk, _client, message, this, _batch.Sender(place)));
        }
        else if (length > 0)
        {
            _batch.Answer(place, length);
        }
    }
}
