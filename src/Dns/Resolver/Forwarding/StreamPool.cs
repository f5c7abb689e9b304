using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>The TCP connections to one server, one a question and a bounded number at a time.</summary>
internal sealed class StreamPool(ForwardingParts parts, ServerState server)
{
    private readonly HashSet<StreamAttempt> _attempts = [];
    private readonly Queue<Exchange> _waiting = new();
    private int _opening;
    private bool _closed;

    private bool IsFull => _attempts.Count + _opening >= parts.Options.UpstreamConnections;

    /// <summary>Asks, unless there are too many already.</summary>
    /// <returns>False: there are. Whether the server can be reached is told later.</returns>
    public bool TryAsk(Exchange exchange)
    {
        if (IsFull || _closed)
        {
            return false;
        }

        _opening++;
        parts.Dialer.Dial(server.Server, 1, OpenOne, sockets => OnOpened(exchange, sockets));
        return true;
    }

    /// <summary>Asks as soon as there is room.</summary>
    public void Ask(Exchange exchange)
    {
        if (!TryAsk(exchange))
        {
            _waiting.Enqueue(exchange);
        }
    }

    /// <summary>A connection was closed.</summary>
    public void Forget(StreamAttempt attempt)
    {
        if (_attempts.Remove(attempt))
        {
            AskNext();
        }
    }

    /// <summary>Closes all, for good.</summary>
    public void Close()
    {
        _closed = true;
        foreach (StreamAttempt attempt in _attempts.ToArray())
        {
            attempt.Fail();
        }

        while (_waiting.TryDequeue(out Exchange? exchange))
        {
            exchange.OnFailure(server);
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

    private void OnOpened(Exchange exchange, List<StreamSocket> sockets)
    {
        _opening--;
        StreamSocket? socket = sockets.FirstOrDefault();
        if (socket is not null && !exchange.IsDone && !_closed)
        {
            try
            {
                var attempt = new StreamAttempt(parts, server, this, socket, exchange);
                _attempts.Add(attempt);
                exchange.OnConnecting(attempt);
                return;
            }
            catch (LinuxException)
            {
                // No room to watch it.
            }
        }

        socket?.Dispose();

        // Not at once: this may be called by who asks, and has to be told elsewhere that it failed.
        parts.Thread.Post(() =>
        {
            exchange.OnFailure(server);
            AskNext();
        });
    }

    private void AskNext()
    {
        while (!IsFull && _waiting.TryDequeue(out Exchange? exchange))
        {
            if (!exchange.IsDone)
            {
                Ask(exchange);
                return;
            }
        }
    }
}
