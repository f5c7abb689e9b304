using System.Runtime.CompilerServices;

namespace Net.Dns.Wire;

/// <summary>Remembers the offsets of names in a message that is being written, so that a later name can point to them (RFC 1035
/// 4.1.4).</summary>
/// <remarks>Names are compared exactly, with their ASCII case, which must be kept (RFC 4343 4.1). The first 32 offsets are remembered; to
/// search more would cost more than it saves.</remarks>
internal struct NameCompressor
{
    private const int Capacity = 32;
    private const int MaxPointer = 0x3fff;

    private Places _places;
    private int _count;

    /// <summary>Writes a name at <paramref name="at"/>, with a pointer in place of its longest known suffix.</summary>
    /// <param name="message">The message from its first byte; its length is the limit.</param>
    /// <param name="at">The offset to write at; on success it is moved behind the name.</param>
    /// <param name="name">An uncompressed name.</param>
    /// <returns>False when the name does not fit; then nothing is remembered.</returns>
    internal bool TryWrite(Span<byte> message, ref int at, ReadOnlySpan<byte> name)
    {
        int label = 0;
        int target = -1;
        while (name[label] != 0 && (target = Find(message, name[label..])) < 0)
        {
            label += name[label] + 1;
        }

        int needed = label + (target >= 0 ? 2 : 1);
        if (needed > message.Length - at)
        {
            return false;
        }

        name[..label].CopyTo(message[at..]);
        Remember(name[..label], at);
        at += label;
        if (target >= 0)
        {
            message[at++] = (byte)(0xc0 | (target >> 8));
            message[at++] = (byte)target;
        }
        else
        {
            message[at++] = 0;
        }

        return true;
    }

    /// <summary>Forgets offsets at or behind <paramref name="end"/>, where an incomplete entry was removed.</summary>
    internal void ForgetFrom(int end)
    {
        while (_count > 0 && _places[_count - 1] >= end)
        {
            _count--;
        }
    }

    private static bool Matches(ReadOnlySpan<byte> message, int place, ReadOnlySpan<byte> name)
    {
        int at = 0;
        while (true)
        {
            // Only pointers of this writer are followed, and those lead backwards.
            while (message[place] >= 0xc0)
            {
                place = ((message[place] & 0x3f) << 8) | message[place + 1];
            }

            int size = name[at] + 1;
            if (message[place] != name[at] || !message.Slice(place, size).SequenceEqual(name.Slice(at, size)))
            {
                return false;
            }

            if (size == 1)
            {
                return true;
            }

            place += size;
            at += size;
        }
    }

    private readonly int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Matches(message, _places[i], name))
            {
                return _places[i];
            }
        }

        return -1;
    }

    private void Remember(ReadOnlySpan<byte> labels, int at)
    {
        for (int label = 0; label < labels.Length && _count < Capacity && at + label <= MaxPointer; label += labels[label] + 1)
        {
            _places[_count++] = (ushort)(at + label);
        }
    }

    [InlineArray(Capacity)]
    private struct Places
    {
        private ushort _first;
    }
}
