using Net.Api.Dns;

namespace Net.Api.Clients;

/// <summary>The requests to the daemon's resolver. A container is given by name, id or unique id prefix.</summary>
/// <remarks>Errors: as <see cref="INetworkApi"/>; Conflict for a container that has no resolver.</remarks>
public interface IDnsApi
{
    /// <summary>The answer to a container's query, and its source.</summary>
    /// <param name="container">The container; null for the names of all networks and the host's servers.</param>
    /// <param name="name">The name, or an address with <paramref name="type"/> null or PTR.</param>
    /// <param name="type">The record type; null for A, or PTR for an address.</param>
    Task<DnsQueryResponse> QueryDnsAsync(string? container, string name, string? type, CancellationToken cancellationToken);

    /// <summary>The statistics of the resolver.</summary>
    /// <param name="container">The container; null for all.</param>
    Task<DnsStatsResponse> GetDnsStatsAsync(string? container, CancellationToken cancellationToken);

    /// <summary>The queries from now on, as they are answered; ends when the container has no resolver any more.</summary>
    /// <param name="container">The container; null for all.</param>
    IAsyncEnumerable<DnsLogLine> FollowDnsAsync(string? container, CancellationToken cancellationToken);

    /// <summary>Empties the cache and resets which upstream servers have failed.</summary>
    Task FlushDnsAsync(CancellationToken cancellationToken);
}
