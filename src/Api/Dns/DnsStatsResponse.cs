namespace Net.Api.Dns;

/// <summary>The answer to <c>GET /netctl/dns/stats</c>: the statistics of the resolver since the daemon started.</summary>
public sealed record DnsStatsResponse
{
    /// <summary>The containers that have a resolver, in order of their names; or the requested one only.</summary>
    public required IReadOnlyList<DnsContainerStats> Containers { get; init; }

    /// <summary>The statistics of cache and upstream servers. Null when one container was requested, since all containers share
    /// them.</summary>
    public DnsForwardingStats? Forwarding { get; init; }
}
