using Net.Api.Daemons;
using Net.Api.Events;

namespace Net.Api.Clients;

/// <summary>The requests about the daemon itself.</summary>
/// <remarks>Errors: as <see cref="INetworkApi"/>.</remarks>
public interface IDaemonApi
{
    /// <summary>The daemon's versions.</summary>
    Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>The daemon's settings and the number of its objects.</summary>
    Task<SystemInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>The differences between desired state and the kernel.</summary>
    Task<DiffResponse> DiffAsync(CancellationToken cancellationToken);

    /// <summary>Repairs the differences.</summary>
    Task<MendResponse> MendAsync(CancellationToken cancellationToken);

    /// <summary>What happens, as it happens.</summary>
    /// <param name="since">The moment from which what has happened is told too, as Docker takes it; null for none of it.</param>
    /// <param name="until">The moment at which it ends; null for the end of the daemon.</param>
    /// <param name="filters">Values by filter name; empty for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<EventMessage> FollowEventsAsync(
        string? since,
        string? until,
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters,
        CancellationToken cancellationToken);

    /// <summary>Removes everything that the daemon has made and restores the host's sysctls.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Reads a backup of all definitions.</summary>
    Task<byte[]> BackupAsync(CancellationToken cancellationToken);

    /// <summary>Makes networks and containers as a backup has them.</summary>
    Task<RestoreResponse> RestoreAsync(byte[] backup, CancellationToken cancellationToken);

    /// <summary>Ends when nothing is seen any more of what was removed so far.</summary>
    Task SettleAsync(CancellationToken cancellationToken);
}
