namespace Net.Dns.Resolver.Serving;

/// <summary>A client's question that no socket brought: a person asks what the client would be told.</summary>
internal sealed class DirectAsker : Asker
{
    private readonly TaskCompletionSource<DnsReply?> _reply;

    private DirectAsker(Desk desk, ClientSession client, DnsTransport transport, ReadOnlyMemory<byte> message, TaskCompletionSource<DnsReply?> reply)
        : base(desk, client, transport, message) => _reply = reply;

    /// <summary>Asks as any client's message does. In the serving thread alone.</summary>
    /// <param name="desk">Deals with it.</param>
    /// <param name="client">Whom it counts for.</param>
    /// <param name="transport">How the client would ask.</param>
    /// <param name="message">A query.</param>
    /// <param name="reply">Gets the answer, now or later.</param>
    public static void Ask(Desk desk, ClientSession client, DnsTransport transport, ReadOnlyMemory<byte> message, TaskCompletionSource<DnsReply?> reply)
    {
        if (desk.TryAnswer(client, message, transport, desk.Room, out int length, out ResponderOutcome outcome, out UpstreamServer? from))
        {
            reply.SetResult(DnsReply.Read(desk.Room.AsSpan(0, length), outcome, from));
        }
        else
        {
            desk.Forward(new DirectAsker(desk, client, transport, message, reply));
        }
    }

    /// <inheritdoc/>
    protected override void Send(ReadOnlySpan<byte> response, UpstreamServer? from) =>
        _reply.SetResult(DnsReply.Read(response, ResponderOutcome.Forward, from, Elapsed));
}
