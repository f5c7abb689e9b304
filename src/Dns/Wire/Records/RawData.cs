namespace Net.Dns.Wire;

/// <summary>RDATA that is carried as bytes (RFC 3597), at most 65535 of them.</summary>
/// <param name="Bytes">The bytes. Names that stand compressed in a message (RFC 3597 4: MX, SOA, SRV and their like) are expanded here, so that
/// the bytes mean the same in any message.</param>
public sealed record RawData(ReadOnlyMemory<byte> Bytes) : DnsRecordData
{
    /// <summary>Whether the other has the same bytes.</summary>
    public bool Equals(RawData? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }
}
