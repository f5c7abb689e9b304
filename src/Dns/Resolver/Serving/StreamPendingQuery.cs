namespace Net.Dns.Resolver.Serving;

/// <summary>A forwarded query that came by TCP.</summary>
internal sealed class StreamPendingQuery(
    QueryDispatcher dispatcher, ClientSession client, ReadOnlyMemory<byte> message, StreamConnection connection)
    : PendingQuery(dispatcher, client, DnsTransport.Tcp, message)
{
    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) => connection.SendForwarded(response);
}
