namespace Net.Cnm.Hosts;

/// <summary>A route of the host's main table that leads out by a link of this program.</summary>
/// <param name="Route">The route.</param>
/// <param name="Tag">The tag of the link's owner (<see cref="DesiredState.OwnerId.Tag"/>).</param>
public sealed record OwnRoute(HostRoute Route, string Tag);
