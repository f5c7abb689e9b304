namespace Net.Cnm.Sandboxes;

/// <summary>Whose network stack a sandbox uses.</summary>
public enum NetworkMode
{
    /// <summary>A namespace of its own, with an endpoint a network.</summary>
    Own,

    /// <summary>A namespace of its own with loopback only.</summary>
    None,

    /// <summary>The namespace of the daemon.</summary>
    Host,
}
