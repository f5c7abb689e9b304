using System.Buffers.Binary;

namespace Net.Dns.Resolver.Serving;

/// <summary>Bytes of one TCP client that were received and not handled yet: part of a message, or whole messages beyond the client's quota.
/// Every message has its length before it, two bytes (RFC 1035 4.2.2). Holds memory only while it is not empty.</summary>
/// <remarks>Costs no more than what was received, however it came: the buffer doubles as a message grows, so a message that is only
/// announced takes no memory, and one that comes byte by byte is copied a few times only. Messages that wait are not moved.</remarks>
internal sealed class ReceiveBuffer
{
    private const int PrefixLength = sizeof(ushort);
    private const int MinCapacity = 512;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>All bytes in the buffer.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start, _end - _start);

    /// <summary>Whether the buffer is empty.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Whether the buffer begins with a whole message.</summary>
    public bool HasMessage => _end - _start >= FrameLength(_bytes.AsSpan(_start, _end - _start));

    /// <summary>Splits the first message off.</summary>
    /// <param name="bytes">Received bytes; afterwards what follows the message.</param>
    /// <param name="message">The message without its length prefix.</param>
    /// <returns>False: the message is incomplete, and nothing has changed.</returns>
    public static bool TryReadMessage(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        int length = FrameLength(bytes.Span);
        if (bytes.Length < length)
        {
            message = default;
            return false;
        }

        message = bytes[PrefixLength..length];
        bytes = bytes[length..];
        return true;
    }

    /// <summary>The space that the rest of the incomplete message, or part of that rest, is received into. To be called only while the
    /// buffer holds part of a message and no whole one.</summary>
    public Span<byte> GetSpace()
    {
        int have = _end - _start;
        int whole = FrameLength(_bytes.AsSpan(_start, have));
        if (_end == _bytes.Length)
        {
            Copy(Bytes, Math.Max(MinCapacity, Math.Min(whole, 2 * have)));
        }

        return _bytes.AsSpan(_end, Math.Min(whole - have, _bytes.Length - _end));
    }

    /// <summary>Adds bytes that were written into <see cref="GetSpace"/>.</summary>
    public void Advance(int length) => _end += length;

    /// <summary>Keeps unhandled bytes and drops all others.</summary>
    /// <param name="rest">A suffix of <see cref="Bytes"/>; while the buffer is empty, bytes in another buffer, which are copied.</param>
    public void Keep(ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty)
        {
            (_bytes, _start, _end) = ([], 0, 0);
        }
        else if (IsEmpty)
        {
            Copy(rest, rest.Length);
        }
        else
        {
            _start = _end - rest.Length;
        }
    }

    private static int FrameLength(ReadOnlySpan<byte> bytes) =>
        bytes.Length < PrefixLength ? PrefixLength : PrefixLength + BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private void Copy(ReadOnlyMemory<byte> bytes, int capacity)
    {
        byte[] larger = new byte[capacity];
        bytes.CopyTo(larger);
        (_bytes, _start, _end) = (larger, 0, bytes.Length);
    }
}
