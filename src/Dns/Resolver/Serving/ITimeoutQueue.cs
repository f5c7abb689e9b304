namespace Net.Dns.Resolver.Serving;

/// <summary>A set of timeouts that a <see cref="ServingThread"/> looks after: it wakes up for the next one.</summary>
internal interface ITimeoutQueue
{
    /// <summary>When the next timeout is due, in milliseconds of the thread's clock; null when there is none.</summary>
    long? Next { get; }

    /// <summary>Handles timeouts that are due, a bounded number of them; the others stay due.</summary>
    void Expire();
}
