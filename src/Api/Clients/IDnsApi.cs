using Net.Api.Dns;

namespace Net.Api.Clients;

/// <summary>What can be asked of the daemon's resolver. A container is given by name, id or the unique start of an id.</summary>
/// <remarks>Errors: as <see cref="INetworkApi"/>; Conflict for a container that has no resolver.</remarks>
public interface IDnsApi
{
    /// <summary>What a container is told that asks for a name, and where from.</summary>
    /// <param name="container">Which one; null: the names of all networks, and the host's own servers.</param>
    /// <param name="name">The name, or an address with <paramref name="type"/> null or PTR.</param>
    /// <param name="type">The type; null for A, and PTR for an address.</param>
    Task<DnsQueryResponse> QueryDnsAsync(string? container, string name, string? type, CancellationToken cancellationToken);

    /// <summary>What the resolver has done.</summary>
    /// <param name="container">For which one; null for all.</param>
    Task<DnsStatsResponse> GetDnsStatsAsync(string? container, CancellationToken cancellationToken);

    /// <summary>The questions from now on, as they come; ends when the container has no resolver any more.</summary>
    /// <param name="container">Whose; null for all.</param>
    IAsyncEnumerable<DnsLogLine> FollowDnsAsync(string? container, CancellationToken cancellationToken);

    /// <summary>Has everything forgotten that upstream servers said, and which of them failed.</summary>
    Task FlushDnsAsync(CancellationToken cancellationToken);
}
