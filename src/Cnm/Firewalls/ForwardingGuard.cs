namespace Net.Cnm.Firewalls;

/// <summary>The policy for a family in which the daemon itself turned IP forwarding on: packets that neither come from nor go to one of its
/// bridges are not forwarded, so that the host does not become an open router. A <see cref="GuestBridge"/> is an exception.</summary>
public sealed record ForwardingGuard : FirewallPolicy
{
    /// <summary>Whether the policy is for IPv6; false for IPv4.</summary>
    public required bool IPv6 { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-forwarding:{(IPv6 ? "ipv6" : "ipv4")}";
}
