using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>How packets of one bridge network are treated: forwarded out and back, kept from other bridges, masqueraded.</summary>
public sealed record BridgePolicy : FirewallPolicy
{
    /// <summary>The bridge's interface name.</summary>
    public required string Bridge { get; init; }

    /// <summary>The IPv4 subnet, or null.</summary>
    public IPNetwork? IPv4 { get; init; }

    /// <summary>The IPv6 subnet, or null.</summary>
    public IPNetwork? IPv6 { get; init; }

    /// <summary>Whether packets that leave the host get the host's address.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>Whether nothing outside can be reached, in both directions.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether containers on the bridge may talk to each other.</summary>
    public bool InterContainer { get; init; } = true;

    /// <inheritdoc/>
    public override string Key => $"firewall-bridge:{Bridge}";
}
