using Net.Api.Daemons;

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

    /// <summary>Removes everything that the daemon has made and restores the host's sysctls.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}
