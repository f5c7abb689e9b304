using Net.Api.Daemons;

namespace Net.Api.Clients;

/// <summary>What can be asked of the daemon about itself.</summary>
/// <remarks>Errors: as <see cref="INetworkApi"/>.</remarks>
public interface IDaemonApi
{
    /// <summary>Its versions.</summary>
    Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>What it is, and what it has made.</summary>
    Task<SystemInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>How the kernel differs from what should be.</summary>
    Task<DiffResponse> DiffAsync(CancellationToken cancellationToken);

    /// <summary>Makes good what differs.</summary>
    Task<MendResponse> MendAsync(CancellationToken cancellationToken);

    /// <summary>Removes everything that the daemon made and puts sysctls back.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}
