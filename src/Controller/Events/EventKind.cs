namespace Net.Controller.Events;

/// <summary>What an event happened to.</summary>
public enum EventKind
{
    /// <summary>A container.</summary>
    Container,

    /// <summary>A network.</summary>
    Network,

    /// <summary>The daemon.</summary>
    Daemon,
}
