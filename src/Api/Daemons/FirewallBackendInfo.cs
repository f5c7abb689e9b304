namespace Net.Api.Daemons;

/// <summary>What the daemon writes firewall rules with.</summary>
public sealed record FirewallBackendInfo
{
    /// <summary><c>iptables</c> or <c>nftables</c>.</summary>
    public required string Driver { get; init; }
}
