namespace Net.Dns.Wire;

/// <summary>RDATA that is carried as bytes (RFC 3597), at most 65535 of them.</summary>
/// <param name="Bytes">The bytes. Names that are compressed in the message (RFC 3597 4: MX, SOA, SRV and others) are expanded here, so that
/// the bytes do not depend on the message.</param>
public sealed record RawData(ReadOnlyMemory<byte> Bytes) : DnsRecordData
{
    /// <summary>Whether both have the same bytes.</summary>
    public bool Equals(RawData? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }
}
