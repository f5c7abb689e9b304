using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>The TCP connections to one server: one for each query, a bounded number at a time. One client has a quarter of them at most, so
/// that a client whose queries take long does not keep the others from asking.</summary>
internal sealed class UpstreamConnectionPool(UpstreamResources resources, UpstreamServerState server)
{
    private const int ClientPartDivisor = 4; // one client has at most a quarter of all connections

    private readonly HashSet<UpstreamConnection> _connections = [];
    private readonly Dictionary<DnsCounters, int> _countOfClient = []; // a client is told by its counters
    private readonly Queue<UpstreamQuery> _waiting = new();
    private int _count; // connections, including those being opened
    private bool _closed;

    private bool IsFull => _count >= resources.Options.UpstreamConnections;

    /// <summary>Opens a connection for a query, unless there are too many already.</summary>
    /// <returns>False: there are too many. Whether the server can be reached is told to the query later.</returns>
    public bool TrySend(UpstreamQuery query)
    {
        int countOfClient = _countOfClient.GetValueOrDefault(query.Counters);
        if (_closed || IsFull || countOfClient >= Math.Max(1, resources.Options.UpstreamConnections / ClientPartDivisor))
        {
            return false;
        }

        _count++;
        _countOfClient[query.Counters] = countOfClient + 1;
        resources.Dialer.Dial(server.Server, 1, OpenOne, sockets => OnOpened(query, sockets));
        return true;
    }

    /// <summary>Opens a connection for a query as soon as there may be one more.</summary>
    public void SendOrQueue(UpstreamQuery query)
    {
        if (!TrySend(query))
        {
            _waiting.Enqueue(query);
        }
    }

    /// <summary>Removes a connection that was closed.</summary>
    public void Remove(UpstreamConnection connection)
    {
        if (_connections.Remove(connection))
        {
            Release(connection.Query);
            SendWaiting();
        }
    }

    /// <summary>Closes all connections, for good.</summary>
    public void Close()
    {
        _closed = true;
        foreach (UpstreamConnection connection in _connections.ToArray())
        {
            connection.Fail();
        }

        while (_waiting.TryDequeue(out UpstreamQuery? query))
        {
            query.OnFailure(server);
        }
    }

    private static StreamSocket? OpenOne(IPEndPoint target)
    {
        var socket = StreamSocket.Connect(target);
        if (!DescriptorReserve.Has(socket.Handle))
        {
            return socket;
        }

        socket.Dispose();
        return null;
    }

    private void OnOpened(UpstreamQuery query, List<StreamSocket> sockets)
    {
        StreamSocket? socket = sockets.FirstOrDefault();
        if (socket is not null && !query.IsDone && !_closed)
        {
            try
            {
                var connection = new UpstreamConnection(resources, server, this, socket, query);
                _connections.Add(connection);
                query.AddConnection(connection);
                return;
            }
            catch (LinuxException)
            {
                // The kernel has no room to watch it.
            }
        }

        socket?.Dispose();
        Release(query);

        // Not at once: the query may be the caller, and must not be told of the failure from within its own call.
        resources.Thread.Post(() =>
        {
            query.OnFailure(server);
            SendWaiting();
        });
    }

    private void Release(UpstreamQuery query)
    {
        _count--;
        if (--_countOfClient[query.Counters] == 0)
        {
            _countOfClient.Remove(query.Counters);
        }
    }

    private void SendWaiting()
    {
        for (int count = _waiting.Count; count > 0 && !IsFull; count--)
        {
            UpstreamQuery query = _waiting.Dequeue();
            if (!query.IsDone)
            {
                SendOrQueue(query); // it waits on behind the others when its client has too many connections
            }
        }
    }
}
