using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>The TCP connections to one server, one a question and a bounded number at a time; of those a client has some only, so that nobody who asks for what takes
/// long keeps the others from asking.</summary>
internal sealed class StreamPool(ForwardingParts parts, ServerState server)
{
    private const int Shares = 4; // one client's part of all connections is one of these

    private readonly HashSet<StreamAttempt> _attempts = [];
    private readonly Dictionary<DnsCounters, int> _ofClient = []; // whose numbers they are counted in
    private readonly Queue<Exchange> _waiting = new();
    private int _all; // connections, also those being opened
    private bool _closed;

    private bool IsFull => _all >= parts.Options.UpstreamConnections;

    /// <summary>Asks, unless there are too many already.</summary>
    /// <returns>False: there are. Whether the server can be reached is told later.</returns>
    public bool TryAsk(Exchange exchange)
    {
        int ofClient = _ofClient.GetValueOrDefault(exchange.Counters);
        if (_closed || IsFull || ofClient >= Math.Max(1, parts.Options.UpstreamConnections / Shares))
        {
            return false;
        }

        _all++;
        _ofClient[exchange.Counters] = ofClient + 1;
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
            GiveBack(attempt.Exchange);
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
        GiveBack(exchange);

        // Not at once: this may be called by who asks, and has to be told elsewhere that it failed.
        parts.Thread.Post(() =>
        {
            exchange.OnFailure(server);
            AskNext();
        });
    }

    private void GiveBack(Exchange exchange)
    {
        _all--;
        if (--_ofClient[exchange.Counters] == 0)
        {
            _ofClient.Remove(exchange.Counters);
        }
    }

    private void AskNext()
    {
        for (int count = _waiting.Count; count > 0 && !IsFull; count--)
        {
            Exchange exchange = _waiting.Dequeue();
            if (!exchange.IsDone)
            {
                Ask(exchange); // or waits on, behind the others
            }
        }
    }
}
