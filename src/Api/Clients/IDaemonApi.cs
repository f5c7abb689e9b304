using Net.Api.Daemons;

namespace Net.Api.Clients;

/// <summary>What can be asked of the daemon about itself.</summary>
/// <remarks>Errors: as <see cref="INetworkApi"/>.</remarks>
public interface IDaemonApi
{
    /// <summary>Its versions.</summary>
    Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Removes everything that the daemon made and puts sysctls back.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}
