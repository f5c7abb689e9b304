using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>A forwarded query that came by UDP.</summary>
internal sealed class DatagramPendingQuery(
    QueryDispatcher dispatcher, ClientSession client, ReadOnlyMemory<byte> message, DatagramListener listener, DatagramPeer peer)
    : PendingQuery(dispatcher, client, DnsTransport.Udp, message)
{
    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) => listener.Send(response, peer);
}
