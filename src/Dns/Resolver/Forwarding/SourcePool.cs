using System.Net;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>The sockets that one server is asked from by UDP: each question from one at random, and each for some questions only, so that a port is as
/// hard to guess as an id (RFC 5452 9.2).</summary>
internal sealed class SourcePool(ForwardingParts parts, ServerState server, Action opened)
{
    private const int MostInside = 16; // a visit of a namespace opens them together
    private const int Pause = 250; // milliseconds until it is tried again where nothing could be opened

    private readonly HashSet<SourceSocket> _all = [];
    private readonly List<SourceSocket> _usable = [];
    private long _notBefore;
    private bool _closed;

    /// <summary>Whether more will be there soon.</summary>
    public bool IsOpening { get; private set; }

    private bool IsInside => server.Server.InClient is not null;

    private int Size => IsInside ? Math.Min(parts.Options.UpstreamSockets, MostInside) : parts.Options.UpstreamSockets;

    /// <summary>A socket to ask one question from: a fresh one until there are enough, then any.</summary>
    /// <returns>Null: there is none, see <see cref="IsOpening"/>.</returns>
    public SourceSocket? Take()
    {
        int before = _usable.Count;
        if (IsInside ? before <= Size / 2 : before < Size)
        {
            Open(IsInside ? Size - before : 1);
        }

        if (_usable.Count == 0)
        {
            return null;
        }

        int place = !IsInside && _usable.Count > before ? before : parts.Random.Next(_usable.Count);
        SourceSocket socket = _usable[place];
        if (socket.Uses + 1 >= parts.Options.UpstreamSocketUses)
        {
            socket.IsRetired = true;
            _usable[place] = _usable[^1];
            _usable.RemoveAt(_usable.Count - 1);
        }

        return socket;
    }

    /// <summary>A socket was closed.</summary>
    public void Forget(SourceSocket socket)
    {
        _all.Remove(socket);
        if (!socket.IsRetired)
        {
            _usable.Remove(socket);
        }
    }

    /// <summary>Closes all, for good.</summary>
    public void Close()
    {
        _closed = true;
        foreach (SourceSocket socket in _all.ToArray())
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
        if (!IsOpening && !_closed && parts.Thread.Now >= _notBefore)
        {
            IsOpening = true;
            parts.Dialer.Dial(server.Server, count, OpenOne, OnOpened);
        }
    }

    private void OnOpened(List<DatagramClient> sockets)
    {
        IsOpening = false;
        _notBefore = sockets.Count == 0 ? parts.Thread.Now + Pause : 0;
        sockets.ForEach(Add);
        opened();
    }

    private void Add(DatagramClient socket)
    {
        if (_closed)
        {
            socket.Dispose();
            return;
        }

        try
        {
            var source = new SourceSocket(parts, server, this, socket);
            _all.Add(source);
            _usable.Add(source);
        }
        catch (LinuxException)
        {
            socket.Dispose(); // no room to watch it
        }
    }
}
