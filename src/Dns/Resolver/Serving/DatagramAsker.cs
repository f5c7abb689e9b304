using Net.Linux.Sockets;

namespace Net.Dns.Resolver.Serving;

/// <summary>A question that came by UDP and was sent on.</summary>
internal sealed class DatagramAsker(Desk desk, ClientSession client, ReadOnlyMemory<byte> message, DatagramService service, DatagramPeer peer)
    : Asker(desk, client, DnsTransport.Udp, message)
{
    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) => service.Send(response, peer);
}
