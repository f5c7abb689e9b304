using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>What a watched descriptor belongs to. Called in the <see cref="ServingThread"/> alone.</summary>
internal interface IReadinessHandler
{
    /// <summary>Whose turn it takes; null: nobody's, it is always called at once.</summary>
    Share? Share { get; }

    /// <summary>Does what there is to do, for a bounded number of messages: others wait. Never blocks.</summary>
    /// <param name="events">What the descriptor is ready for; none when the handler itself asked to go on.</param>
    void OnReady(PollEvents events);
}
