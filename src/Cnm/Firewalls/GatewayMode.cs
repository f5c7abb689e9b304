namespace Net.Cnm.Firewalls;

/// <summary>How a bridge network is connected to the outside; set for each family separately by the options
/// <c>com.docker.network.bridge.gateway_mode_ipv4</c> and <c>com.docker.network.bridge.gateway_mode_ipv6</c>.</summary>
public enum GatewayMode
{
    /// <summary><c>nat</c>: ports are published by destination NAT, outgoing packets are masqueraded, and containers cannot be reached by
    /// their own addresses.</summary>
    Nat,

    /// <summary><c>nat-unprotected</c>: like <c>nat</c>, but a host that has a route to the containers' addresses can reach all their
    /// ports.</summary>
    NatUnprotected,

    /// <summary><c>routed</c>: there is no NAT; a published port is opened on the container's own address, and ICMP to it is
    /// accepted.</summary>
    Routed,

    /// <summary><c>isolated</c>: the host has no address on the bridge. Allowed for internal networks only.</summary>
    Isolated,
}
