using System.Net.Sockets;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's listening TCP socket and its connections, of which there is a bounded number.</summary>
internal sealed class StreamListener : IReadinessHandler
{
    private const int Backlog = 128;

    /// <summary>How many connections are accepted in one call; then other handlers run.</summary>
    private const int ConnectionsPerCall = 16;

    private readonly ServingThread _thread;
    private readonly StreamResources _resources;
    private readonly ClientSession _client;
    private readonly Socket _socket;
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly long _watch;

    /// <summary>Begins to listen and to serve.</summary>
    /// <param name="thread">Watches the sockets.</param>
    /// <param name="resources">What all connections of the thread share.</param>
    /// <param name="client">The client.</param>
    /// <param name="socket">The bound socket; closed by <see cref="Close"/>.</param>
    /// <exception cref="SocketException">Another socket listens on its port.</exception>
    public StreamListener(ServingThread thread, StreamResources resources, ClientSession client, Socket socket)
    {
        _thread = thread;
        _resources = resources;
        _client = client;
        _socket = socket;
        socket.Blocking = false;
        socket.Listen(Backlog);
        _watch = thread.Watch(socket.SafeHandle, this, edge: true);
    }

    /// <inheritdoc/>
    public ClientQuota? Quota => _client.Quota;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        for (int i = 0; i < ConnectionsPerCall; i++)
        {
            Errno errno = StreamSocket.Accept(_socket.SafeHandle, out StreamSocket? accepted);
            if (accepted is not null)
            {
                Serve(accepted);
            }
            else if (errno == Errno.TryAgain)
            {
                return;
            }
            else
            {
                // Usually no descriptors are left. Connections that wait are accepted together with the next one that comes.
                _client.Counters.Add(DnsCounters.Counter.SocketErrors);
                return;
            }
        }

        _thread.Reschedule(this);
    }

    /// <summary>Removes a connection that has ended.</summary>
    public void Remove(StreamConnection connection) => _connections.Remove(connection);

    /// <summary>Closes the socket and all connections.</summary>
    public void Close()
    {
        _thread.Unwatch(_watch, _socket.SafeHandle);
        _socket.Dispose();
        foreach (StreamConnection connection in _connections.ToArray())
        {
            connection.Close();
        }
    }

    private void Serve(StreamSocket accepted)
    {
        if (_connections.Count >= _resources.Options.MaxTcpConnections || DescriptorReserve.Has(accepted.Handle))
        {
            _client.Counters.Add(DnsCounters.Counter.TcpRefused);
            accepted.Dispose();
            return;
        }

        try
        {
            _connections.Add(new StreamConnection(_resources, _client, this, accepted));
            _client.Counters.Add(DnsCounters.Counter.TcpConnections);
        }
        catch (LinuxException)
        {
            // The kernel has no room to watch it.
            _client.Counters.Add(DnsCounters.Counter.SocketErrors);
            accepted.Dispose();
        }
    }
}
