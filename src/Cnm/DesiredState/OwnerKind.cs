namespace Net.Cnm.DesiredState;

/// <summary>The sorts of things that own desired state.</summary>
public enum OwnerKind
{
    /// <summary>The host as a whole.</summary>
    Host,

    /// <summary>A network.</summary>
    Network,

    /// <summary>An endpoint.</summary>
    Endpoint,

    /// <summary>A sandbox.</summary>
    Sandbox,
}
