using System.Buffers;
using System.Buffers.Binary;
using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>Answers that a TCP client has not taken yet, each with its length before it. Holds memory only while there are some.</summary>
/// <param name="client">Whose they are: all of its are counted together.</param>
internal sealed class Unsent(ClientSession client)
{
    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>How much there is, in bytes.</summary>
    public int Length => _end - _start;

    /// <summary>Whether the kernel takes no more for now.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Adds a message.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        Grow(sizeof(ushort) + message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_end), (ushort)message.Length);
        message.CopyTo(_bytes.AsSpan(_end + sizeof(ushort)));
        _end += sizeof(ushort) + message.Length;
        client.Unsent += sizeof(ushort) + message.Length;
    }

    /// <summary>Sends as much as the kernel takes.</summary>
    /// <returns>False: the connection is broken.</returns>
    public bool TrySend(StreamSocket socket)
    {
        IsWaiting = false;
        while (Length > 0)
        {
            Errno errno = socket.Send(_bytes.AsSpan(_start, Length), out int sent);
            _start += sent;
            client.Unsent -= sent;
            if (errno == Errno.TryAgain)
            {
                IsWaiting = true;
                return true;
            }

            if (errno != Errno.None)
            {
                return false;
            }
        }

        Drop();
        return true;
    }

    /// <summary>Gives up what is left.</summary>
    public void Drop()
    {
        if (_bytes is not null)
        {
            client.Unsent -= Length;
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
