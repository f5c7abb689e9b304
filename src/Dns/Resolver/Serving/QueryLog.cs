using System.Collections.Immutable;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Serving;

/// <summary>Tells whoever wants to know of every message. Costs nothing while nobody does.</summary>
/// <param name="onFault">Is told of exceptions of those who listen, which are nobody else's.</param>
internal sealed class QueryLog(Action<Exception> onFault)
{
    private ImmutableArray<Action<DnsLogEntry>> _listeners = [];

    /// <summary>Whether anybody listens.</summary>
    public bool IsWanted => !_listeners.IsEmpty;

    /// <summary>Tells a listener from now on, in the serving thread: it must neither block nor throw. From any thread.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Follow(Action<DnsLogEntry> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Add(one), listener);
        return new Following(this, listener);
    }

    /// <summary>Tells all.</summary>
    public void Add(
        ClientSession client,
        DnsTransport transport,
        ReadOnlyMemory<byte> message,
        ReadOnlySpan<byte> response,
        ResponderOutcome outcome,
        UpstreamServer? server,
        TimeSpan elapsed)
    {
        bool isRead = DnsQuery.TryParse(message, out DnsQuery query) == DnsFormatError.None;
        bool isAnswered = DnsHeader.TryRead(response, out DnsHeader header);
        var entry = new DnsLogEntry(
            client.Key,
            transport,
            isRead ? query.Question with { Name = query.Question.Name.ToOwned() } : null,
            outcome,
            isAnswered ? header.ResponseCode : null,
            isAnswered ? header.AnswerCount : 0,
            server,
            elapsed);
        foreach (Action<DnsLogEntry> listener in _listeners)
        {
            try
            {
                listener(entry);
            }
            catch (Exception error)
            {
                onFault(error); // neither the message nor another listener is to suffer for it
            }
        }
    }

    private sealed class Following(QueryLog log, Action<DnsLogEntry> listener) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref log._listeners, static (all, one) => all.Remove(one), listener);
    }
}
