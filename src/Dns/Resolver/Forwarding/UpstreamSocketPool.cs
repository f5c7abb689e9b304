using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>The UDP sockets to one server. Every query is sent from one at random, and every socket sends some queries only, so that a port
/// is as hard to guess as an id (RFC 5452 9.2).</summary>
internal sealed class UpstreamSocketPool(UpstreamResources resources, UpstreamServerState server, Action opened)
{
    /// <summary>The most sockets in a client's network namespace; they are opened together, in one visit of the namespace.</summary>
    private const int MaxSocketsInClient = 16;

    /// <summary>Milliseconds until another attempt, after no socket could be opened.</summary>
    private const int RetryDelay = 250;

    private readonly HashSet<UpstreamSocket> _all = [];
    private readonly List<UpstreamSocket> _usable = [];
    private long _notBefore;
    private bool _closed;

    /// <summary>Whether sockets are being opened.</summary>
    public bool IsOpening { get; private set; }

    private bool IsInClient => server.Server.InClient is not null;

    private int Size => IsInClient ? Math.Min(resources.Options.UpstreamSockets, MaxSocketsInClient) : resources.Options.UpstreamSockets;

    /// <summary>Takes a socket to send one query from: a new one until the pool is full, then any.</summary>
    /// <returns>Null when there is none; see <see cref="IsOpening"/>.</returns>
    public UpstreamSocket? TakeForQuery()
    {
        int before = _usable.Count;
        if (IsInClient ? before <= Size / 2 : before < Size)
        {
            Open(IsInClient ? Size - before : 1);
        }

        if (_usable.Count == 0)
        {
            return null;
        }

        int index = !IsInClient && _usable.Count > before ? before : resources.Random.Next(_usable.Count);
        UpstreamSocket socket = _usable[index];
        if (socket.Uses + 1 >= resources.Options.UpstreamSocketUses)
        {
            socket.IsRetired = true;
            _usable[index] = _usable[^1];
            _usable.RemoveAt(_usable.Count - 1);
        }

        return socket;
    }

    /// <summary>Removes a socket that was closed.</summary>
    public void Remove(UpstreamSocket socket)
    {
        _all.Remove(socket);
        if (!socket.IsRetired)
        {
            _usable.Remove(socket);
        }
    }

    /// <summary>Closes all sockets, for good.</summary>
    public void Close()
    {
        _closed = true;
        foreach (UpstreamSocket socket in _all.ToArray())
        {
            socket.Close();
        }
    }

    private static DatagramClient? OpenOne(IPEndPoint target)
    {
        var socket = DatagramClient.Open(target);
        if (!DescriptorReserve.Has(socket.Handle))
        {
            return socket;
        }

        socket.Dispose();
        return null;
    }

    private void Open(int count)
    {
        if (!IsOpening && !_closed && resources.Thread.Now >= _notBefore)
        {
            IsOpening = true;
            resources.Dialer.Dial(server.Server, count, OpenOne, OnOpened);
        }
    }

    private void OnOpened(List<DatagramClient> sockets)
    {
        IsOpening = false;
        _notBefore = sockets.Count == 0 ? resources.Thread.Now + RetryDelay : 0;
        sockets.ForEach(Add);
        opened();
    }

    private void Add(DatagramClient opened)
    {
        if (_closed)
        {
            opened.Dispose();
            return;
        }

        try
        {
            var socket = new UpstreamSocket(resources, server, this, opened);
            _all.Add(socket);
            _usable.Add(socket);
        }
        catch (LinuxException)
        {
            opened.Dispose(); // the kernel has no room to watch it
        }
    }
}
