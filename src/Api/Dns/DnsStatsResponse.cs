namespace Net.Api.Dns;

/// <summary>The answer to <c>GET /netctl/dns/stats</c>: what the resolver has done since the daemon started.</summary>
public sealed record DnsStatsResponse
{
    /// <summary>The containers that have a resolver, by name; or the one that was named.</summary>
    public required IReadOnlyList<DnsContainerStats> Containers { get; init; }

    /// <summary>What it got from others; null when one container was named, for cache and servers are shared.</summary>
    public DnsForwardingStats? Forwarding { get; init; }
}
