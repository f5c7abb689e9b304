using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <content>Questions of people, in a client's place.</content>
public sealed partial class DnsServer
{
    /// <summary>Asks what a client would be told, by the same way: it is counted, limited, logged and cached as a question of the client's own.</summary>
    /// <param name="key">The client.</param>
    /// <param name="question">What to ask. Over UDP first and then, when the answer does not fit, over TCP, as every client does.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent on stays sent.</param>
    /// <returns>The answer; null when there is no such client.</returns>
    public Task<DnsReply?> QueryAsync(string key, DnsQuestion question, CancellationToken cancellationToken) =>
        _clients.TryGetValue(key, out (ServingUnit Unit, DnsCounters) client)
            ? AskAsync((transport, message) => client.Unit.AskAsync(key, transport, message), question, cancellationToken)
            : Task.FromResult<DnsReply?>(null);

    /// <summary>Asks what somebody would be told who is no client.</summary>
    /// <param name="names">The names that the asker sees.</param>
    /// <param name="upstreams">Where all other questions go; the cache is that of the clients with an equal policy.</param>
    /// <param name="question">As above.</param>
    /// <param name="cancellationToken">As above.</param>
    /// <returns>The answer; null when the server has been disposed of.</returns>
    public Task<DnsReply?> QueryAsync(INameSource names, UpstreamPolicy upstreams, DnsQuestion question, CancellationToken cancellationToken) =>
        AskAsync((transport, message) => _units[0].AskAsync(names, upstreams, transport, message), question, cancellationToken);

    private static async Task<DnsReply?> AskAsync(
        Func<DnsTransport, ReadOnlyMemory<byte>, Task<DnsReply?>> ask, DnsQuestion question, CancellationToken cancellationToken)
    {
        byte[] message = Query(question);
        DnsReply? reply = await ask(DnsTransport.Udp, message).WaitAsync(cancellationToken).ConfigureAwait(false);
        return reply is { Message.Header.IsTruncated: true }
            ? await ask(DnsTransport.Tcp, message).WaitAsync(cancellationToken).ConfigureAwait(false)
            : reply;
    }

    private static byte[] Query(in DnsQuestion question)
    {
        // Without EDNS, as the C libraries ask.
        Span<byte> room = stackalloc byte[Edns.MinimumUdpPayloadSize];
        var writer = new DnsMessageWriter(room);
        writer.TryAddQuestion(question);
        return room[..writer.Finish(id: 0, DnsFlags.RecursionDesired)].ToArray();
    }
}
