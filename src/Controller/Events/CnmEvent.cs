namespace Net.Controller.Events;

/// <summary>Something that has happened to a network, a container or the daemon, as Docker names it.</summary>
/// <param name="Kind">What it happened to.</param>
/// <param name="Action">The action, such as <c>create</c> or <c>connect</c>.</param>
/// <param name="Id">The full id of the object; the daemon's name for the daemon.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Attributes">What else is known of it: the object's name and labels, and what the action is about.</param>
public sealed record CnmEvent(
    EventKind Kind, string Action, string Id, DateTimeOffset Time, IReadOnlyDictionary<string, string> Attributes);
