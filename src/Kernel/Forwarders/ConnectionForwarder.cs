using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Kernel.Forwarders;

/// <summary>Accepts connections that arrive at held sockets: forwards those that may be forwarded, resets all others at once.</summary>
internal sealed class ConnectionForwarder(Func<IPAddress, bool> admits, ForwarderLimits limits, TimeProvider time) : IDisposable
{
    private const int AtATime = 64; // connections accepted from one socket before other sockets have their turn

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Task> _open = new();
    private readonly CancellationTokenSource _end = new();
    private long _last;

    /// <summary>Accepts the connections that wait at a socket.</summary>
    /// <returns>False when there is no descriptor left to accept with.</returns>
    public bool Accept(IArrivals arrivals)
    {
        for (int i = 0; i < AtATime; i++)
        {
            Errno errno = arrivals.Socket.Accept(out Socket? connection);
            if (connection is not null)
            {
                Begin(arrivals, connection);
            }
            else if (errno.IsAnyOf(Errno.ProcessFileLimit, Errno.SystemFileLimit))
            {
                return false;
            }
            else if (errno.IsAnyOf(Errno.TryAgain, Errno.InvalidArgument, Errno.BadDescriptor))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Ends all connections and waits until they are closed.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        _end.Cancel();
        Task.WaitAll([.. _open.Values], Patience);
        _end.Dispose();
    }

    private void Begin(IArrivals arrivals, Socket client)
    {
        try
        {
            if (arrivals.Transport == Transport.Tcp
                && arrivals.Target is { } target
                && _open.Count < limits.Connections
                && IsTaken(target, client))
            {
                // Opened in this thread: a socket belongs to the network namespace of who opens it.
                var container = new Socket(target.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (DescriptorReserve.Has(client.SafeHandle) || DescriptorReserve.Has(container.SafeHandle))
                {
                    container.Dispose();
                    ForwardedConnection.Reset(client);
                    return;
                }

                var connection = new ForwardedConnection(client, container, time);
                Keep(connection.RunAsync(new IPEndPoint(target.Address, target.Port), limits.Connect, _end.Token));
                return;
            }
        }
        catch (SocketException)
        {
            // The client is gone already, or there is no descriptor for the connection to the container.
        }

        ForwardedConnection.Reset(client);
    }

    private bool IsTaken(ForwardTarget target, Socket client) =>
        client is { RemoteEndPoint: IPEndPoint from, LocalEndPoint: IPEndPoint to }
            && target.Takes(from.Address, to.Address)
            && (ForwardTarget.IsHost(from.Address, to.Address) || admits(from.Address));

    private void Keep(Task connection)
    {
        long number = ++_last;
        _open[number] = connection;
        connection.ContinueWith(_ => _open.TryRemove(number, out Task? _), TaskScheduler.Default);
    }
}
