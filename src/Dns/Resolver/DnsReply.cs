using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>The reply to a query that came by no socket (<see cref="DnsServer.QueryAsync(string, DnsQuestion, CancellationToken)"/>), and
/// where it comes from.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Message">The response as a client gets it; null when an upstream server sent one that cannot be parsed.</param>
/// <param name="Server">The upstream server that gave it, now or when it was cached; null when it was made here.</param>
/// <param name="Elapsed">How long upstream servers took; zero when none was asked.</param>
public sealed record DnsReply(ResponderOutcome Outcome, DnsMessage? Message, UpstreamServer? Server, TimeSpan Elapsed)
{
    /// <summary>Makes a reply from the bytes of a message, which are copied.</summary>
    internal static DnsReply Read(
        ReadOnlySpan<byte> message, ResponderOutcome outcome, UpstreamServer? server = null, TimeSpan elapsed = default)
    {
        _ = DnsMessage.TryParse(message.ToArray(), out DnsMessage? parsed);
        return new DnsReply(outcome, parsed, server, elapsed);
    }
}
