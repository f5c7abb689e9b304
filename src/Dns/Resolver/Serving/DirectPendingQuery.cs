namespace Net.Dns.Resolver.Serving;

/// <summary>A query that came by no socket: a person asks what a client would be told (<c>netctl dns query</c>).</summary>
internal sealed class DirectPendingQuery : PendingQuery
{
    private readonly TaskCompletionSource<DnsReply?> _reply;

    private DirectPendingQuery(
        QueryDispatcher dispatcher,
        ClientSession client,
        DnsTransport transport,
        ReadOnlyMemory<byte> message,
        TaskCompletionSource<DnsReply?> reply)
        : base(dispatcher, client, transport, message) => _reply = reply;

    /// <summary>Handles a query exactly as one that the client sends. In the serving thread alone.</summary>
    /// <param name="dispatcher">Handles it.</param>
    /// <param name="client">The client in whose place it is asked; it is counted and limited as the client's.</param>
    /// <param name="transport">The transport that the client would use.</param>
    /// <param name="message">The query.</param>
    /// <param name="reply">Gets the reply, during the call or later.</param>
    public static void Ask(
        QueryDispatcher dispatcher,
        ClientSession client,
        DnsTransport transport,
        ReadOnlyMemory<byte> message,
        TaskCompletionSource<DnsReply?> reply)
    {
        if (dispatcher.TryAnswer(
            client, message, transport, dispatcher.Buffer, out int length, out ResponderOutcome outcome, out UpstreamServer? from))
        {
            reply.SetResult(DnsReply.Read(dispatcher.Buffer.AsSpan(0, length), outcome, from));
        }
        else
        {
            dispatcher.Forward(new DirectPendingQuery(dispatcher, client, transport, message, reply));
        }
    }

    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) =>
        _reply.SetResult(DnsReply.Read(response, ResponderOutcome.Forward, from, Elapsed));
}
