namespace Net.Dns.Resolver.Serving;

/// <summary>What a <see cref="ServingThread"/> must not sleep through.</summary>
internal interface IDeadlines
{
    /// <summary>When the next is due, in the thread's milliseconds; null: nothing waits.</summary>
    long? Next { get; }

    /// <summary>Does what is due, or some of it: what is left is due still.</summary>
    void Expire();
}
