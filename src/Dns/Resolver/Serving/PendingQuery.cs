using System.Diagnostics;
using Net.Dns.Resolver.Forwarding;

namespace Net.Dns.Resolver.Serving;

/// <summary>A client's query that was forwarded and waits for its response.</summary>
internal abstract class PendingQuery(
    QueryDispatcher dispatcher, ClientSession client, DnsTransport transport, ReadOnlyMemory<byte> message) : IPendingQuery
{
    private readonly long _since = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Message { get; } = message.ToArray();

    /// <inheritdoc/>
    public DnsTransport Transport => transport;

    /// <inheritdoc/>
    public ClientQuota Quota => client.Quota;

    /// <inheritdoc/>
    public DnsCounters Counters => client.Counters;

    /// <summary>The client that sent the query.</summary>
    public ClientSession Client => client;

    /// <summary>How long the query has been waiting.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_since);

    /// <inheritdoc/>
    public void Complete(ReadOnlySpan<byte> response, UpstreamServer? from) => Send(dispatcher.Finish(this, response, from), from);

    /// <summary>Sends the response over the transport by which the query came; it is lost when the client has gone.</summary>
    /// <param name="response">The response to the client, valid during the call only.</param>
    /// <param name="from">The server that gave it; null when no server did, and the response is SERVFAIL.</param>
    protected abstract void Send(ReadOnlySpan<byte> response, UpstreamServer? from);
}
