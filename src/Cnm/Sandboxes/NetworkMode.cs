namespace Net.Cnm.Sandboxes;

/// <summary>Whose network stack a sandbox uses.</summary>
public enum NetworkMode
{
    /// <summary>A network namespace of its own, with one endpoint per network.</summary>
    Own,

    /// <summary>A network namespace of its own that has only the loopback interface.</summary>
    None,

    /// <summary>The network namespace of the daemon.</summary>
    Host,

    /// <summary>The network stack of another sandbox, with its /etc files and host name.</summary>
    Container,
}
