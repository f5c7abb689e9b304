using Net.Dns.Resolver.Serving;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>A client's query that waits for the response of an upstream server. Called in the <see cref="ServingThread"/> alone.</summary>
internal interface IPendingQuery
{
    /// <summary>The client's message, a whole query. It never changes.</summary>
    ReadOnlyMemory<byte> Message { get; }

    /// <summary>How the query came: over TCP, a response may be of any size.</summary>
    DnsTransport Transport { get; }

    /// <summary>The client's quota of the serving thread.</summary>
    ClientQuota Quota { get; }

    /// <summary>The client's counters.</summary>
    DnsCounters Counters { get; }

    /// <summary>Takes the response, or the news that there is none. Called exactly once, never from within the call that forwarded the
    /// query.</summary>
    /// <param name="response">The whole response as a server gave it, with any id; empty when no server gave one in time. Valid during the
    /// call only.</param>
    /// <param name="from">The server that gave it; null when there is none.</param>
    void Complete(ReadOnlySpan<byte> response, UpstreamServer? from);
}
