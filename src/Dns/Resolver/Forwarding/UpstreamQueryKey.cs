namespace Net.Dns.Resolver.Forwarding;

/// <summary>What makes two queries the same, so that one response serves both: the servers, the transport and the whole message but for its
/// id.</summary>
/// <remarks>The transport is part of it because a response over UDP may be truncated, which is of no use to a client that asks over
/// TCP.</remarks>
/// <param name="Group">The servers.</param>
/// <param name="Transport">How the query came and is forwarded.</param>
/// <param name="Message">The whole query.</param>
internal readonly record struct UpstreamQueryKey(UpstreamGroup Group, DnsTransport Transport, ReadOnlyMemory<byte> Message)
{
    private ReadOnlySpan<byte> WithoutId => Message.Span[sizeof(ushort)..];

    /// <summary>Whether both queries are the same.</summary>
    public bool Equals(UpstreamQueryKey other) =>
        Group == other.Group && Transport == other.Transport && WithoutId.SequenceEqual(other.WithoutId);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(WithoutId);
        return hash.ToHashCode();
    }
}
