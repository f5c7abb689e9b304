using System.Diagnostics;
using Net.Dns.Resolver.Forwarding;

namespace Net.Dns.Resolver.Serving;

/// <summary>A client's question that was sent on.</summary>
internal abstract class Asker(Desk desk, ClientSession client, DnsTransport transport, ReadOnlyMemory<byte> message) : IAsker
{
    private readonly long _since = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Message { get; } = message.ToArray();

    /// <inheritdoc/>
    public DnsTransport Transport => transport;

    /// <inheritdoc/>
    public Share Share => client.Share;

    /// <inheritdoc/>
    public DnsCounters Counters => client.Counters;

    /// <summary>Who asks.</summary>
    public ClientSession Client => client;

    /// <summary>How long it has been waiting.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_since);

    /// <inheritdoc/>
    public void Complete(ReadOnlySpan<byte> answer, UpstreamServer? from) => Send(desk.Finish(this, answer, from), from);

    /// <summary>Sends the answer the way the question came; lost when the client has gone.</summary>
    /// <param name="response">Good during the call only.</param>
    /// <param name="from">Who gave it; null: nobody did, and it says so.</param>
    protected abstract void Send(ReadOnlySpan<byte> response, UpstreamServer? from);
}
