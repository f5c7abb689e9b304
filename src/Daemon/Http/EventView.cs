using Net.Api.Events;
using Net.Controller.Events;

namespace Net.Daemon.Http;

/// <summary>Turns events into Docker's documents.</summary>
internal static class EventView
{
    /// <summary>Docker's word for what an event happened to.</summary>
    public static string TypeOf(EventKind kind) => kind switch
    {
        EventKind.Container => "container",
        EventKind.Network => "network",
        _ => "daemon",
    };

    /// <summary>The document of an event.</summary>
    public static EventMessage Of(CnmEvent happened)
    {
        long ticks = (happened.Time - DateTimeOffset.UnixEpoch).Ticks;
        bool isContainer = happened.Kind == EventKind.Container;
        return new EventMessage
        {
            Status = isContainer ? happened.Action : null,
            Id = isContainer && happened.Id.Length > 0 ? happened.Id : null, // a prune names no container
            Type = TypeOf(happened.Kind),
            Action = happened.Action,
            Actor = new EventActor
            {
                ID = happened.Id,
                Attributes = happened.Attributes,
            },
            Time = ticks / TimeSpan.TicksPerSecond,
            TimeNano = ticks * TimeSpan.NanosecondsPerTick,
        };
    }
}
