using System.Collections.Immutable;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Serving;

/// <summary>Tells listeners of every message. Costs nothing while there are none.</summary>
/// <param name="onFault">Told of exceptions that listeners throw; neither the message nor another listener suffers from them.</param>
internal sealed class QueryLog(Action<Exception> onFault)
{
    private ImmutableArray<Subscription> _subscriptions = [];

    /// <summary>Whether there is any listener.</summary>
    public bool IsWanted => !_subscriptions.IsEmpty;

    /// <summary>Tells a listener of every message from now on, in the serving thread. From any thread.</summary>
    /// <param name="key">The client whose messages are of interest; null for all clients.</param>
    /// <param name="listener">It must neither block nor throw.</param>
    /// <param name="ended">Called by <see cref="End"/> for this client; null for nothing.</param>
    /// <returns>Ends the subscription, without calling <paramref name="ended"/>.</returns>
    public IDisposable Follow(string? key, Action<DnsLogEntry> listener, Action? ended)
    {
        var subscription = new Subscription(this, key, listener, ended);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    /// <summary>Ends the subscriptions to one client, which has been removed. From any thread.</summary>
    public void End(string key)
    {
        foreach (Subscription subscription in _subscriptions.Where(subscription => subscription.Key == key))
        {
            subscription.Dispose();
            subscription.Ended?.Invoke();
        }
    }

    /// <summary>Tells the listeners of one message.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="message">The message.</param>
    /// <param name="response">The response; empty when there is none.</param>
    /// <param name="outcome">What was done.</param>
    /// <param name="server">The upstream server that gave the response, now or when it was cached; null when it was made here.</param>
    /// <param name="elapsed">How long the client waited for upstream servers.</param>
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
        foreach (Subscription subscription in _subscriptions)
        {
            try
            {
                subscription.Tell(entry);
            }
            catch (Exception error)
            {
                onFault(error);
            }
        }
    }

    private sealed class Subscription(QueryLog log, string? key, Action<DnsLogEntry> listener, Action? ended) : IDisposable
    {
        public string? Key => key;

        public Action? Ended => ended;

        public void Tell(DnsLogEntry entry)
        {
            if (key is null || key == entry.Client)
            {
                listener(entry);
            }
        }

        public void Dispose() => ImmutableInterlocked.Update(ref log._subscriptions, static (all, one) => all.Remove(one), this);
    }
}
