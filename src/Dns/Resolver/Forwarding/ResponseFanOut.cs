using Net.Dns.Resolver.Serving;
using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Gives one response to many pending queries that joined one upstream query: some in each call, since all may be one client's and
/// other clients are served in between.</summary>
/// <param name="forwarder">Completes each query.</param>
/// <param name="quota">The quota of the client that asked first.</param>
/// <param name="queries">The pending queries.</param>
/// <param name="response">The response; empty when there is none.</param>
/// <param name="from">The server that gave it.</param>
internal sealed class ResponseFanOut(
    Forwarder forwarder, ClientQuota quota, IReadOnlyList<IPendingQuery> queries, byte[] response, UpstreamServer? from) : IReadinessHandler
{
    /// <summary>How many queries are completed in one call.</summary>
    internal const int QueriesPerCall = 32;

    private int _next;

    /// <inheritdoc/>
    public ClientQuota? Quota => quota;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        for (int i = 0; i < QueriesPerCall && _next < queries.Count; i++)
        {
            forwarder.Complete(queries[_next++], response, from);
        }

        if (_next < queries.Count)
        {
            forwarder.Reschedule(this);
        }
        else
        {
            forwarder.Remove(this);
        }
    }

    /// <summary>Completes all queries that are left.</summary>
    public void Finish()
    {
        while (_next < queries.Count)
        {
            forwarder.Complete(queries[_next++], response, from);
        }
    }
}
