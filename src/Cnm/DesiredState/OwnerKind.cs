namespace Net.Cnm.DesiredState;

/// <summary>The kinds of owners of desired objects.</summary>
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
