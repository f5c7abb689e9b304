using System.Collections.Immutable;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Serving;

/// <summary>Tells whoever wants to know of every message. Costs nothing while nobody does.</summary>
internal sealed class QueryLog
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
            listener(entry);
        }
    }

    private sealed class Following(QueryLog log, Action<DnsLogEntry> listener) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref log._listeners, static (all, one) => all.Remove(one), listener);
    }
}
