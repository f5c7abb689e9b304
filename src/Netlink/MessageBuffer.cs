using System.Buffers;
using System.Runtime.InteropServices;

namespace Net.Netlink;

/// <summary>A growing buffer from the shared pool, into which messages are encoded one after the other. Not safe for two threads at
/// once.</summary>
public sealed class MessageBuffer : IDisposable
{
    /// <summary>Length of struct nlmsghdr in bytes.</summary>
    public const int HeaderLength = 16;

    private byte[] _bytes;

    /// <summary>Rents a buffer.</summary>
    /// <param name="capacity">The first size in bytes; it grows by doubling.</param>
    public MessageBuffer(int capacity = 4096) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes that are written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A writer at the end of the buffer.</summary>
    public AttributeWriter Writer => new(this);

    /// <summary>Discards the written bytes and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends one message with its header (host byte order, length filled in, padded to 4 bytes).</summary>
    /// <returns>The offset at which the message starts.</returns>
    public int Append(ushort type, MessageFlags flags, uint sequence, INetlinkMessage message)
    {
        int start = Length;
        Span<byte> header = Take(HeaderLength);
        MemoryMarshal.Write(header[4..], type);
        MemoryMarshal.Write(header[6..], (ushort)flags);
        MemoryMarshal.Write(header[8..], sequence);
        message.Encode(Writer);
        MemoryMarshal.Write(_bytes.AsSpan(start), (uint)(Length - start));
        Align();
        return start;
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Appends <paramref name="count"/> zero bytes and returns them for the caller to fill.</summary>
    internal Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        Span<byte> taken = _bytes.AsSpan(Length, count);
        taken.Clear();
        Length += count;
        return taken;
    }

    /// <summary>Appends zero bytes up to a multiple of 4.</summary>
    internal void Align() => Take(-Length & 3);

    /// <summary>Overwrites two bytes at <paramref name="offset"/>.</summary>
    internal void Patch(int offset, ushort value) => MemoryMarshal.Write(_bytes.AsSpan(offset), value);

    /// <summary>Discards the bytes after <paramref name="length"/>.</summary>
    internal void Truncate(int length) => Length = length;

    /// <summary>Sets the sequence number of the message that starts at <paramref name="start"/>.</summary>
    internal void SetSequence(int start, uint sequence) => MemoryMarshal.Write(_bytes.AsSpan(start + 8), sequence);

    /// <summary>Adds flags to the message that starts at <paramref name="start"/>.</summary>
    internal void AddFlags(int start, MessageFlags flags)
    {
        Span<byte> field = _bytes.AsSpan(start + 6, 2);
        MemoryMarshal.Write(field, (ushort)(MemoryMarshal.Read<ushort>(field) | (ushort)flags));
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
