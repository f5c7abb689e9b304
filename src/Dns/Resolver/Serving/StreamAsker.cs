namespace Net.Dns.Resolver.Serving;

/// <summary>A question that came by TCP and was sent on.</summary>
internal sealed class StreamAsker(Desk desk, ClientSession client, ReadOnlyMemory<byte> message, StreamConnection connection)
    : Asker(desk, client, DnsTransport.Tcp, message)
{
    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) => connection.AnswerLate(response);
}
