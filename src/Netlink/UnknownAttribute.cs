namespace Net.Netlink;

/// <summary>An attribute whose meaning this version does not know: it is kept as received and written back unchanged.</summary>
/// <param name="RawType">nla_type with its two flag bits.</param>
/// <param name="Value">The bytes of the value: a copy.</param>
public readonly record struct UnknownAttribute(ushort RawType, ReadOnlyMemory<byte> Value)
{
    /// <summary>The type without flag bits.</summary>
    public ushort Type => (ushort)(RawType & NetlinkAttribute.TypeMask);

    /// <summary>Compares type and bytes.</summary>
    public bool Equals(UnknownAttribute other) => RawType == other.RawType && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RawType, Value.Length);
}
