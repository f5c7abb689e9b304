using System.Runtime.InteropServices;

namespace Net.Netlink;

/// <summary>Reads attributes one after the other: <c>foreach (NetlinkAttribute attribute in reader)</c>.</summary>
/// <remarks>Throws <see cref="NetlinkFormatException"/> at the attribute that does not fit; never reads outside the span.</remarks>
public readonly ref struct AttributeReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _dropsUnknown;

    /// <summary>Reads <paramref name="bytes"/>, which start with an attribute or are empty.</summary>
    public AttributeReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    internal AttributeReader(ReadOnlySpan<byte> bytes, bool dropsUnknown)
    {
        _bytes = bytes;
        _dropsUnknown = dropsUnknown;
    }

    /// <summary>Starts at the first attribute.</summary>
    public Enumerator GetEnumerator() => new(_bytes, _dropsUnknown);

    /// <summary>A reader of the same attributes, of which the unknown ones are not kept (<see cref="NetlinkAttribute.KeepIn"/>), nested
    /// ones included.</summary>
    internal AttributeReader DroppingUnknown(bool drops) => new(_bytes, drops);

    /// <summary>Splits a message into its fixed struct and the attributes after it.</summary>
    /// <param name="payload">The bytes after struct nlmsghdr.</param>
    /// <param name="length">The struct's length in bytes.</param>
    /// <param name="name">The struct's name, for the error.</param>
    /// <param name="attributes">A reader of what follows the struct and its padding.</param>
    /// <exception cref="NetlinkFormatException">The payload is shorter than the struct.</exception>
    public static ReadOnlySpan<byte> SplitStruct(ReadOnlySpan<byte> payload, int length, string name, out AttributeReader attributes)
    {
        if (payload.Length < length)
        {
            throw new NetlinkFormatException(name, 0, length, payload.Length);
        }

        attributes = new AttributeReader(payload[Math.Min(payload.Length, (length + 3) & ~3)..]);
        return payload[..length];
    }

    /// <summary>The position of a reader within its attributes.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private readonly bool _dropsUnknown;
        private int _next;

        internal Enumerator(ReadOnlySpan<byte> bytes, bool dropsUnknown)
        {
            _bytes = bytes;
            _dropsUnknown = dropsUnknown;
            Current = default;
        }

        /// <summary>The attribute read last.</summary>
        public NetlinkAttribute Current { get; private set; }

        /// <summary>Reads the next attribute.</summary>
        /// <returns>False at the end.</returns>
        /// <exception cref="NetlinkFormatException">The attribute's length is under 4 or goes beyond the end.</exception>
        public bool MoveNext()
        {
            int left = _bytes.Length - _next;
            if (left <= 0)
            {
                return false;
            }

            if (left < 4)
            {
                throw new NetlinkFormatException("attribute header", _next, 4, left);
            }

            int length = MemoryMarshal.Read<ushort>(_bytes[_next..]);
            ushort rawType = MemoryMarshal.Read<ushort>(_bytes[(_next + 2)..]);
            if (length < 4 || length > left)
            {
                throw new NetlinkFormatException($"attribute {rawType & NetlinkAttribute.TypeMask}", _next, Math.Max(length, 4), left);
            }

            Current = new NetlinkAttribute(rawType, _next, _bytes.Slice(_next + 4, length - 4), _dropsUnknown);
            _next += (length + 3) & ~3;
            return true;
        }
    }
}
