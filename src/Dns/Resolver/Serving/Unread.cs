using System.Buffers.Binary;

namespace Net.Dns.Resolver.Serving;

/// <summary>What a TCP client has sent and nobody has dealt with yet: part of a message, or more messages than there was a turn for. Each has its length
/// before it, two bytes (RFC 1035 4.2.2). Holds memory only while there is something.</summary>
/// <remarks>Costs no more than what came, however it came: room doubles as a message grows, so that one that is only announced takes none and one that
/// comes byte by byte is copied but a few times; and messages that wait for their turn are not moved.</remarks>
internal sealed class Unread
{
    private const int PrefixLength = sizeof(ushort);
    private const int LeastRoom = 512;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start, _end - _start);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Whether a whole message is there.</summary>
    public bool HasMessage => _end - _start >= FrameLength(_bytes.AsSpan(_start, _end - _start));

    /// <summary>Cuts the first message off.</summary>
    /// <param name="bytes">What came; afterwards what is behind the message.</param>
    /// <param name="message">The message without its length.</param>
    /// <returns>False: it is not whole.</returns>
    public static bool TryCut(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
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

    /// <summary>Where the rest of the message goes, or some of it. Only while there is part of a message, and no whole one.</summary>
    public Span<byte> Room()
    {
        int have = _end - _start;
        int whole = FrameLength(_bytes.AsSpan(_start, have));
        if (_end == _bytes.Length)
        {
            Keep(Bytes, Math.Max(LeastRoom, Math.Min(whole, 2 * have)));
        }

        return _bytes.AsSpan(_end, Math.Min(whole - have, _bytes.Length - _end));
    }

    /// <summary>Takes in what was put into <see cref="Room"/>.</summary>
    public void Add(int length) => _end += length;

    /// <summary>Forgets all but these.</summary>
    /// <param name="rest">What is left at the end of <see cref="Bytes"/>; while there is nothing, what is left of bytes read elsewhere, which are copied.</param>
    public void Keep(ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty)
        {
            (_bytes, _start, _end) = ([], 0, 0);
        }
        else if (IsEmpty)
        {
            Keep(rest, rest.Length);
        }
        else
        {
            _start = _end - rest.Length;
        }
    }

    private static int FrameLength(ReadOnlySpan<byte> bytes) =>
        bytes.Length < PrefixLength ? PrefixLength : PrefixLength + BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private void Keep(ReadOnlyMemory<byte> bytes, int room)
    {
        byte[] larger = new byte[room];
        bytes.CopyTo(larger);
        (_bytes, _start, _end) = (larger, 0, bytes.Length);
    }
}
