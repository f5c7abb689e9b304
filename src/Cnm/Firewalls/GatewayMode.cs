namespace Net.Cnm.Firewalls;

/// <summary>How a bridge network is joined to what is outside, for each family by itself
/// (<c>com.docker.network.bridge.gateway_mode_ipv4</c>, <c>_ipv6</c>).</summary>
public enum GatewayMode
{
    /// <summary><c>nat</c>: ports are published by destination NAT, what leaves is masqueraded, containers cannot be reached by their own
    /// addresses.</summary>
    Nat,

    /// <summary><c>nat-unprotected</c>: the same, but all ports can be reached by those who route to the containers' addresses.</summary>
    NatUnprotected,

    /// <summary><c>routed</c>: no NAT; a published port is opened on the container's own address, and ICMP is let in.</summary>
    Routed,

    /// <summary><c>isolated</c>: the bridge has no address; only for internal networks.</summary>
    Isolated,
}
