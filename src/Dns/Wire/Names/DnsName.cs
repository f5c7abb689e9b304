namespace Net.Dns.Wire;

/// <summary>A domain name in its uncompressed wire form: labels with length bytes, ended by the root's empty label.</summary>
/// <remarks>
/// Source: RFC 1035 3.1, RFC 1034 3.1 (a label has 1 to 63 bytes, a name at most 255 with lengths and end). Labels are bytes, not text:
/// any value is allowed (RFC 2181 11). Two names are equal when they differ at most in the case of ASCII letters (RFC 4343); the case
/// is kept. The default value is the root.
/// A name that was read from a message may be a view of that message's memory and is valid as long as that memory is; <see cref="ToOwned"/>
/// makes an independent copy.
/// </remarks>
public readonly partial struct DnsName : IEquatable<DnsName>
{
    /// <summary>The size of the longest name on the wire, in bytes (RFC 1035 2.3.4).</summary>
    public const int MaxLength = 255;

    /// <summary>The size of the longest label, in bytes (RFC 1035 2.3.4).</summary>
    public const int MaxLabelLength = 63;

    private readonly ReadOnlyMemory<byte> _wire;

    /// <summary>Wraps bytes that are known to be a valid uncompressed name.</summary>
    internal DnsName(ReadOnlyMemory<byte> validWire) => _wire = validWire;

    /// <summary>The root, written ".".</summary>
    public static DnsName Root => default;

    /// <summary>The uncompressed wire form, 1 to 255 bytes, with its ASCII case as received or parsed.</summary>
    public ReadOnlySpan<byte> Wire => _wire.IsEmpty ? [0] : _wire.Span;

    /// <summary>Whether this is the root.</summary>
    public bool IsRoot => _wire.Length <= 1;

    /// <summary>The number of labels, without the root's empty one.</summary>
    public int LabelCount
    {
        get
        {
            ReadOnlySpan<byte> bytes = Wire;
            int count = 0;
            for (int at = 0; bytes[at] != 0; at += bytes[at] + 1)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>Whether two names are equal; ASCII case is ignored.</summary>
    public static bool operator ==(DnsName left, DnsName right) => left.Equals(right);

    /// <summary>Whether two names differ in more than ASCII case.</summary>
    public static bool operator !=(DnsName left, DnsName right) => !left.Equals(right);

    /// <summary>A copy that is no view of a message's memory.</summary>
    public DnsName ToOwned() => IsRoot ? default : new DnsName(_wire.ToArray());

    /// <summary>Whether this name is a domain or below it: its last labels are those of the domain; ASCII case is ignored. Every name is in
    /// the root. Source: RFC 1034 3.1.</summary>
    public bool IsIn(DnsName domain)
    {
        ReadOnlySpan<byte> last = Wire;
        while (last.Length > domain.Wire.Length)
        {
            last = last[(last[0] + 1)..];
        }

        return AreSame(last, domain.Wire);
    }

    /// <inheritdoc/>
    public bool Equals(DnsName other) => AreSame(Wire, other.Wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DnsName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        Span<byte> folded = stackalloc byte[MaxLength];
        ReadOnlySpan<byte> bytes = Wire;
        for (int i = 0; i < bytes.Length; i++)
        {
            folded[i] = Fold(bytes[i]);
        }

        var hash = default(HashCode);
        hash.AddBytes(folded[..bytes.Length]);
        return hash.ToHashCode();
    }

    /// <summary>The lower case of an ASCII letter, anything else as it is.</summary>
    internal static byte Fold(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    /// <summary>Whether two wire forms, or suffixes that begin with a label, are equal; ASCII case is ignored.</summary>
    internal static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        // A length byte is at most 63 and so never looks like a letter: the whole form can be folded to lower case without parsing its
        // labels.
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && Fold(left[i]) != Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }
}
