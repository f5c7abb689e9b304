namespace Net.Cnm.Firewalls;

/// <summary>Where we were the ones to turn forwarding on: what touches none of our bridges is not forwarded, so that the host does not
/// become an open router.</summary>
public sealed record ForwardingGuard : FirewallPolicy
{
    /// <summary>Which family: IPv6, or IPv4.</summary>
    public required bool IPv6 { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-forwarding:{(IPv6 ? "ipv6" : "ipv4")}";
}
