using System.Net.Sockets;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's TCP socket, and the connections that came by it, a bounded number at a time.</summary>
internal sealed class StreamListener : IReadinessHandler
{
    private const int Backlog = 128;
    private const int AtATime = 16; // then others have their turn

    private readonly ServingThread _thread;
    private readonly StreamParts _parts;
    private readonly ClientSession _client;
    private readonly Socket _socket;
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly long _watch;

    /// <summary>Begins to listen and to serve.</summary>
    /// <param name="thread">Watches the sockets.</param>
    /// <param name="parts">What all connections of the thread share.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="socket">Bound; closed by <see cref="Close"/>.</param>
    /// <exception cref="SocketException">Another socket listens on its port.</exception>
    public StreamListener(ServingThread thread, StreamParts parts, ClientSession client, Socket socket)
    {
        _thread = thread;
        _parts = parts;
        _client = client;
        _socket = socket;
        socket.Blocking = false;
        socket.Listen(Backlog);
        _watch = thread.Watch(socket.SafeHandle, this, edge: true);
    }

    /// <inheritdoc/>
    public Share? Share => _client.Share;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        for (int i = 0; i < AtATime; i++)
        {
            Errno errno = StreamSocket.Accept(_socket.SafeHandle, out StreamSocket? accepted);
            if (accepted is not null)
            {
                Take(accepted);
            }
            else if (errno == Errno.TryAgain)
            {
                return;
            }
            else
            {
                // Mostly: no descriptors left. Those that wait are taken with the next that comes.
                _client.Counters.Add(DnsCounters.Counter.SocketErrors);
                return;
            }
        }

        _thread.GoOn(this);
    }

    /// <summary>A connection has ended.</summary>
    public void Forget(StreamConnection connection) => _connections.Remove(connection);

    /// <summary>Ends the service and all connections.</summary>
    public void Close()
    {
        _thread.Unwatch(_watch, _socket.SafeHandle);
        _socket.Dispose();
        foreach (StreamConnection connection in _connections.ToArray())
        {
            connection.Close();
        }
    }

    private void Take(StreamSocket accepted)
    {
        if (_connections.Count >= _parts.Options.MaxTcpConnections || DescriptorReserve.Has(accepted.Handle))
        {
            _client.Counters.Add(DnsCounters.Counter.TcpRefused);
            accepted.Dispose();
            return;
        }

        try
        {
            _connections.Add(new StreamConnection(_parts, _client, this, accepted));
            _client.Counters.Add(DnsCounters.Counter.TcpConnections);
        }
        catch (LinuxException)
        {
            _client.Counters.Add(DnsCounters.Counter.SocketErrors); // no room to watch it
            accepted.Dispose();
        }
    }
}
