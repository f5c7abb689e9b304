using System.Net;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Puts one question to one server. The seam between forwarding and sockets.</summary>
internal interface IUpstreamExchange
{
    /// <summary>Sends a query and waits for its answer.</summary>
    /// <param name="query">The client's query; it is sent with a fresh random id in place of its own.</param>
    /// <param name="server">The server.</param>
    /// <param name="counters">Where messages that are no answer are counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A message from that server with the sent id, and the question unless it reports an error; its id is the sent one. Null when the
    /// server cannot be reached or broke the connection.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    Task<byte[]?> AskAsync(ReadOnlyMemory<byte> query, IPEndPoint server, DnsCounters counters, CancellationToken cancellationToken);
}
