using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>Handles the readiness of a watched descriptor. Called in the <see cref="ServingThread"/> alone.</summary>
internal interface IReadinessHandler
{
    /// <summary>The quota of the client that the work is done for; null when it is no client's: then the handler is always called at
    /// once.</summary>
    ClientQuota? Quota { get; }

    /// <summary>Does what there is to do, for a bounded number of messages, since other handlers wait. Never blocks.</summary>
    /// <param name="events">What the descriptor is ready for; none when the handler was rescheduled.</param>
    void OnReady(PollEvents events);
}
