using System.Threading.Channels;

namespace Net.Controller.Events;

/// <summary>The events for one follower, until it is disposed.</summary>
public interface IEventFeed : IDisposable
{
    /// <summary>The events as they come.</summary>
    ChannelReader<CnmEvent> Events { get; }
}
