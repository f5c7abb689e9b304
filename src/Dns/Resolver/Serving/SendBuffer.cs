using System.Buffers;
using System.Buffers.Binary;
using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>Responses of one TCP connection that the kernel has not taken yet, each with its length prefix. Holds memory only while it is
/// not empty.</summary>
/// <param name="client">The connection's client: the bytes of all its connections are counted together.</param>
internal sealed class SendBuffer(ClientSession client)
{
    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>The number of bytes in the buffer.</summary>
    public int Length => _end - _start;

    /// <summary>Whether the kernel takes no more for now.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Adds a response.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        Grow(sizeof(ushort) + message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_end), (ushort)message.Length);
        message.CopyTo(_bytes.AsSpan(_end + sizeof(ushort)));
        _end += sizeof(ushort) + message.Length;
        client.UnsentBytes += sizeof(ushort) + message.Length;
    }

    /// <summary>Sends as much as the kernel takes.</summary>
    /// <returns>False: the connection is broken.</returns>
    public bool TrySend(StreamSocket socket)
    {
        IsBlocked = false;
        while (Length > 0)
        {
            Errno errno = socket.Send(_bytes.AsSpan(_start, Length), out int sent);
            _start += sent;
            client.UnsentBytes -= sent;
            if (errno == Errno.TryAgain)
            {
                IsBlocked = true;
                return true;
            }

            if (errno != Errno.None)
            {
                return false;
            }
        }

        Clear();
        return true;
    }

    /// <summary>Drops what has not been sent.</summary>
    public void Clear()
    {
        if (_bytes is not null)
        {
            client.UnsentBytes -= Length;
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
            _start = _end = 0;
        }
    }

    private void Grow(int more)
    {
        if (_bytes is not null && _bytes.Length - _end >= more)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, 2 * Length));
        if (_bytes is not null)
        {
            _bytes.AsSpan(_start, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_start, _end) = (0, Length);
        _bytes = larger;
    }
}
