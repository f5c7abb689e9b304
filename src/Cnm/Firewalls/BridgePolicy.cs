using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>The policy for packets that the host forwards to, from and between the containers of one bridge network: the connection to the
/// outside, isolation from other bridges, and masquerading.</summary>
/// <remarks>Frames between two ports of the bridge are subject to the <see cref="EndpointPolicy"/> of each endpoint.</remarks>
public sealed record BridgePolicy : FirewallPolicy
{
    /// <summary>The interface name of the bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>The IPv4 subnet of the network; null when it has none.</summary>
    public IPNetwork? IPv4 { get; init; }

    /// <summary>The IPv6 subnet of the network; null when it has none.</summary>
    public IPNetwork? IPv6 { get; init; }

    /// <summary>How the network is connected to the outside in IPv4. Default <see cref="GatewayMode.Nat"/>.</summary>
    public GatewayMode GatewayModeIPv4 { get; init; }

    /// <summary>How the network is connected to the outside in IPv6. Default <see cref="GatewayMode.Nat"/>.</summary>
    public GatewayMode GatewayModeIPv6 { get; init; }

    /// <summary>Whether packets that leave the host get an address of the host as source address. Has no effect in a family whose gateway
    /// mode is routed. Default true.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>The IPv4 address of the host that masqueraded packets get as source; null for the address of the link by which they
    /// leave.</summary>
    public IPAddress? SourceIPv4 { get; init; }

    /// <summary>The IPv6 address of the host that masqueraded packets get as source; null for the address of the link by which they
    /// leave.</summary>
    public IPAddress? SourceIPv6 { get; init; }

    /// <summary>Whether traffic between the network and everything outside it is dropped, in both directions.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether the host forwards packets from one container on the bridge to another. Default true.</summary>
    public bool InterContainer { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => $"firewall-bridge:{Bridge}";
}
