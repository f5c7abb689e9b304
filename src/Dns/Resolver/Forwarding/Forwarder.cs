using Net.Dns.Resolver.Serving;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>Gets the answers of others.</summary>
internal sealed class Forwarder(ServingThread thread)
{
    /// <summary>The servers of a policy, with what is known of them: one group for all clients with an equal policy.</summary>
    public UpstreamGroup GroupOf(UpstreamPolicy policy) => new(policy);

    /// <summary>Answers from the cache.</summary>
    /// <param name="group">Whom the client would ask.</param>
    /// <param name="message">The client's message.</param>
    /// <param name="query">The same, read.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="response">Room for the answer; one that is longer, or longer than the client takes, is cut (TC).</param>
    /// <param name="length">The size of the answer in bytes.</param>
    /// <returns>False: it has to be asked for.</returns>
    public bool TryAnswer(
        UpstreamGroup group, ReadOnlyMemory<byte> message, in DnsQuery query, DnsTransport transport, Span<byte> response, out int length)
    {
        length = 0;
        return false;
    }

    /// <summary>Asks the servers.</summary>
    /// <param name="group">Whom.</param>
    /// <param name="asker">Who wants to know what, and gets the answer.</param>
    public void Ask(UpstreamGroup group, IAsker asker) => thread.Post(() => asker.Complete([], null));

    /// <summary>Forgets all answers, and which servers failed.</summary>
    public void Flush()
    {
    }

    /// <summary>Closes what was opened in a client's network namespace. Its questions that are in flight are given up.</summary>
    public void Forget(string client)
    {
    }
}
