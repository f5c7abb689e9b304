namespace Net.Cnm.Networks;

/// <summary>How the default route of a container leads out by a network.</summary>
public enum WayOut
{
    /// <summary>By the gateway of the subnet that the container's address is in.</summary>
    Gateway,

    /// <summary>By the interface itself, without a next hop: the network has no gateway.</summary>
    Interface,

    /// <summary>Not at all: the network is never a container's way out.</summary>
    None,
}
