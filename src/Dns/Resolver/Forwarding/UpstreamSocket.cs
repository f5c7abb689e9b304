using System.Buffers.Binary;
using Net.Dns.Resolver.Serving;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>A UDP socket that is connected to one server from a port of its own, and the queries that were sent from it.</summary>
/// <remarks>An id stays known here until its response has come or the socket is closed, also when a response has come from elsewhere
/// meanwhile: so a late response is told from a forged one.</remarks>
internal sealed class UpstreamSocket : IReadinessHandler
{
    private readonly UpstreamResources _resources;
    private readonly UpstreamServerState _server;
    private readonly UpstreamSocketPool _pool;
    private readonly DatagramClient _socket;
    private readonly long _watch;
    private readonly LinkedListNode<(UpstreamSocket, long)> _idleTimeout;
    private readonly List<(ushort Id, UpstreamQuery Query)> _sent = [];
    private bool _closed;

    /// <summary>Begins to receive.</summary>
    /// <exception cref="LinuxException">The kernel has no room to watch it.</exception>
    public UpstreamSocket(UpstreamResources resources, UpstreamServerState server, UpstreamSocketPool pool, DatagramClient socket)
    {
        _resources = resources;
        _server = server;
        _pool = pool;
        _socket = socket;
        _watch = resources.Thread.Watch(socket.Handle, this);
        _idleTimeout = resources.IdleTimeouts.Add(this);
    }

    /// <summary>How many queries were sent from it.</summary>
    public int Uses { get; private set; }

    /// <summary>Whether no more queries are sent from it: then it stays open only until its responses are due.</summary>
    public bool IsRetired { get; set; }

    /// <inheritdoc/>
    public ClientQuota? Quota => null;

    /// <summary>Sends a query with an id of its own.</summary>
    /// <returns>False: the server cannot be reached.</returns>
    public bool TrySend(UpstreamQuery query)
    {
        Uses++;
        _resources.IdleTimeouts.Renew(_idleTimeout);
        ushort id = NewId();
        Span<byte> message = _resources.SendBuffer.AsSpan(0, query.Message.Length);
        query.Message.CopyTo(message);
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        Errno errno = _socket.Send(message);
        if (errno == Errno.ConnectionRefused)
        {
            // The error is about an earlier query, and this one was not sent: the kernel reports a pending ICMP error before it sends
            // anything.
            (ushort, UpstreamQuery)[] refused = TakeSent();
            _resources.Thread.Post(() => Fail(refused));
            errno = _socket.Send(message);
        }

        if (errno is not (Errno.None or Errno.TryAgain or Errno.NoBuffers))
        {
            return false;
        }

        _sent.Add((id, query)); // a full queue loses datagrams as a network does, and the query is sent again as it is then
        return true;
    }

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        Errno errno = _socket.Receive(_resources.ReadBuffer, out int length);
        if (errno == Errno.None)
        {
            Handle(_resources.ReadBuffer.AsSpan(0, length));
        }
        else if (errno != Errno.TryAgain)
        {
            Fail(TakeSent());
        }

        if (IsRetired && _sent.Count == 0)
        {
            Close();
        }
    }

    /// <summary>Closes the socket; responses that are due will not be received.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _resources.IdleTimeouts.Remove(_idleTimeout);
            _resources.Thread.Unwatch(_watch, _socket.Handle);
            _socket.Dispose();
            _pool.Remove(this);
        }
    }

    private void Handle(ReadOnlySpan<byte> response)
    {
        int index = response.Length < sizeof(ushort) ? -1 : IndexOf(BinaryPrimitives.ReadUInt16BigEndian(response));
        UpstreamQuery? query = index >= 0 ? _sent[index].Query : null;
        if (query is null || !ResponseMatcher.Matches(query.Message, query.QuestionEnd, response))
        {
            CountMismatch(query);
            return;
        }

        _sent[index] = _sent[^1];
        _sent.RemoveAt(_sent.Count - 1);
        _server.MarkResponding();
        query.OnResponse(_server, response, DnsTransport.Udp);
    }

    // Nobody can say which query a forged response was meant for: it is counted to a client that waits for a response here.
    private void CountMismatch(UpstreamQuery? query)
    {
        for (int i = _sent.Count - 1; query is null or { IsDone: true } && i >= 0; i--)
        {
            query = _sent[i].Query;
        }

        _server.CountMismatch();
        query?.Counters.Add(DnsCounters.Counter.UpstreamMismatches);
    }

    private (ushort, UpstreamQuery)[] TakeSent()
    {
        (ushort, UpstreamQuery)[] all = [.. _sent];
        _sent.Clear();
        return all;
    }

    private void Fail((ushort, UpstreamQuery Query)[] sent)
    {
        _server.MarkUnreachable();
        foreach ((_, UpstreamQuery query) in sent)
        {
            query.OnFailure(_server);
        }
    }

    private ushort NewId()
    {
        ushort id;
        do
        {
            id = _resources.Random.NextId();
        }
        while (IndexOf(id) >= 0);
        return id;
    }

    private int IndexOf(ushort id)
    {
        for (int i = 0; i < _sent.Count; i++)
        {
            if (_sent[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
