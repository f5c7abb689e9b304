namespace Net.Shims.Wire;

/// <summary>A queue of bytes: added at the end, removed from the front. A large buffer is released when the queue becomes empty.</summary>
internal sealed class ByteQueue
{
    private const int Kept = 64 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;

    /// <summary>The number of bytes in the queue.</summary>
    internal int Length => _end - _start;

    /// <summary>The bytes in the queue; valid until the next change.</summary>
    internal ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, Length);

    /// <summary>Adds bytes.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _end += bytes.Length;
    }

    /// <summary>Adds a frame.</summary>
    internal void AppendFrame(byte kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> space = Reserve(Frame.HeaderLength + payload.Length);
        Frame.WriteHeader(space, kind, payload.Length);
        payload.CopyTo(space[Frame.HeaderLength..]);
        _end += Frame.HeaderLength + payload.Length;
    }

    /// <summary>Removes bytes from the front.</summary>
    internal void Drop(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
            if (_buffer.Length > Kept)
            {
                _buffer = [];
            }
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _end < count)
        {
            byte[] larger = _buffer.Length - Length >= count ? _buffer : new byte[Math.Max(Length + count, _buffer.Length * 2)];
            Span.CopyTo(larger);
            _end -= _start;
            _start = 0;
            _buffer = larger;
        }

        return _buffer.AsSpan(_end, count);
    }
}
