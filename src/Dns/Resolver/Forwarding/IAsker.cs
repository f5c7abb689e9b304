using Net.Dns.Resolver.Serving;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Who waits for the answer to a question that was sent on. Called in the <see cref="ServingThread"/> alone.</summary>
internal interface IAsker
{
    /// <summary>The client's message: a whole query. Stays as it is.</summary>
    ReadOnlyMemory<byte> Message { get; }

    /// <summary>How it came: over TCP, an answer may be of any size.</summary>
    DnsTransport Transport { get; }

    /// <summary>The client's part of the serving thread.</summary>
    Share Share { get; }

    /// <summary>The client's numbers.</summary>
    DnsCounters Counters { get; }

    /// <summary>The answer, or that there is none. Called exactly once, never from within the call that asked.</summary>
    /// <param name="answer">The whole answer as a server gave it, with any id; empty when no server gave one in time. Good during the call only.</param>
    /// <param name="from">Who gave it; null when there is none.</param>
    void Complete(ReadOnlySpan<byte> answer, UpstreamServer? from);
}
