namespace Net.Api.Daemons;

/// <summary>What the daemon writes firewall rules with.</summary>
public sealed record FirewallBackendInfo
{
    /// <summary><c>iptables</c> or <c>nftables</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Pairs of a name and a value, as Docker 29's; here <c>Reason</c>: why this one was taken.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Info { get; init; }
}
