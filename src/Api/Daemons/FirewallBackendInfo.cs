namespace Net.Api.Daemons;

/// <summary>The daemon's firewall backend.</summary>
public sealed record FirewallBackendInfo
{
    /// <summary><c>iptables</c> or <c>nftables</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Pairs of a name and a value, as in Docker 29. Here one pair: <c>Reason</c>, why this backend was chosen.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Info { get; init; }
}
