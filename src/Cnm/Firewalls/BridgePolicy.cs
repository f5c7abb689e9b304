using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>How packets of one bridge network are treated where the host routes: out and back, kept from other bridges,
/// masqueraded.</summary>
/// <remarks>What happens between two ports of the bridge is each endpoint's <see cref="EndpointPolicy"/>.</remarks>
public sealed record BridgePolicy : FirewallPolicy
{
    /// <summary>The bridge's interface name.</summary>
    public required string Bridge { get; init; }

    /// <summary>The IPv4 subnet, or null.</summary>
    public IPNetwork? IPv4 { get; init; }

    /// <summary>The IPv6 subnet, or null.</summary>
    public IPNetwork? IPv6 { get; init; }

    /// <summary>How IPv4 is joined to what is outside.</summary>
    public GatewayMode GatewayModeIPv4 { get; init; }

    /// <summary>How IPv6 is joined to what is outside.</summary>
    public GatewayMode GatewayModeIPv6 { get; init; }

    /// <summary>Whether packets that leave the host get the host's address. Without effect in a family that is routed.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>The host's IPv4 address that they get, or null for that of the link they leave by.</summary>
    public IPAddress? SourceIPv4 { get; init; }

    /// <summary>The host's IPv6 address that they get, or null for that of the link they leave by.</summary>
    public IPAddress? SourceIPv6 { get; init; }

    /// <summary>Whether nothing outside can be reached, in both directions.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether containers on the bridge may talk to each other by way of the host.</summary>
    public bool InterContainer { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => $"firewall-bridge:{Bridge}";
}
