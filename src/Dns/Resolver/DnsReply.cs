using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>The answer to a question that was asked of the server itself, and where it comes from.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Message">The answer as a client gets it; null when a server sent one that cannot be read.</param>
/// <param name="Server">Who gave it; null when it was made here. For an answer of the cache, who gave it then.</param>
/// <param name="Elapsed">How long others took; none when nobody was asked.</param>
public sealed record DnsReply(ResponderOutcome Outcome, DnsMessage? Message, UpstreamServer? Server, TimeSpan Elapsed)
{
    /// <summary>A reply with its message read from bytes that do not stay.</summary>
    internal static DnsReply Read(ReadOnlySpan<byte> message, ResponderOutcome outcome, UpstreamServer? server = null, TimeSpan elapsed = default)
    {
        _ = DnsMessage.TryParse(message.ToArray(), out DnsMessage? parsed);
        return new DnsReply(outcome, parsed, server, elapsed);
    }
}
