using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <content>Queries that come by no socket: what a person asks in a client's place.</content>
public sealed partial class DnsServer
{
    /// <summary>Asks what a client would be told, in the same way: the query is counted, limited, logged and cached as one of the client's
    /// own.</summary>
    /// <param name="key">The client.</param>
    /// <param name="question">The question. It is asked over UDP and, when the response is truncated, again over TCP, as every client
    /// does.</param>
    /// <param name="cancellationToken">Ends the wait; a query that was forwarded goes on.</param>
    /// <returns>The reply; null when there is no such client.</returns>
    public Task<DnsReply?> QueryAsync(string key, DnsQuestion question, CancellationToken cancellationToken) =>
        _clients.TryGetValue(key, out (ServingWorker Worker, DnsCounters) client)
            ? AskAsync((transport, message) => client.Worker.AskAsync(key, transport, message), question, cancellationToken)
            : Task.FromResult<DnsReply?>(null);

    /// <summary>Asks on behalf of somebody who is no client.</summary>
    /// <param name="names">The local names to be seen.</param>
    /// <param name="upstreams">Where all other queries go; the cache is shared with the clients of an equal policy.</param>
    /// <param name="question">The question, asked over UDP and, when the response is truncated, again over TCP.</param>
    /// <param name="cancellationToken">Ends the wait; a query that was forwarded goes on.</param>
    /// <returns>The reply; null when the server has been disposed of.</returns>
    public Task<DnsReply?> QueryAsync(
        INameSource names, UpstreamPolicy upstreams, DnsQuestion question, CancellationToken cancellationToken) =>
        AskAsync((transport, message) => _workers[0].AskAsync(names, upstreams, transport, message), question, cancellationToken);

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
        // Without EDNS, as the resolvers of glibc and musl ask.
        Span<byte> buffer = stackalloc byte[Edns.MinimumUdpPayloadSize];
        var writer = new DnsMessageWriter(buffer);
        writer.TryAddQuestion(question);
        return buffer[..writer.Finish(id: 0, DnsFlags.RecursionDesired)].ToArray();
    }
}
