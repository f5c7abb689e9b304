namespace Net.Dns.Resolver.Forwarding;

/// <summary>What is asked and whom: two that are the same have one answer. The id is no part of it, and everything else that was sent is.</summary>
/// <remarks>How it came is, too: by UDP an answer may be cut, which is no use to who asks by TCP.</remarks>
/// <param name="Group">Whom.</param>
/// <param name="Transport">How.</param>
/// <param name="Message">The whole query.</param>
internal readonly record struct QuestionKey(UpstreamGroup Group, DnsTransport Transport, ReadOnlyMemory<byte> Message)
{
    private ReadOnlySpan<byte> WithoutId => Message.Span[sizeof(ushort)..];

    /// <summary>Whether both ask the same.</summary>
    public bool Equals(QuestionKey other) =>
        Group == other.Group && Transport == other.Transport && WithoutId.SequenceEqual(other.WithoutId);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(WithoutId);
        return hash.ToHashCode();
    }
}
