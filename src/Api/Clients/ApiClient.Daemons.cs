using Net.Api.Daemons;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(ApiPaths.Version, ApiJson.Wire.VersionResponse, cancellationToken);

    /// <inheritdoc/>
    public Task<SystemInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(ApiPaths.Info, ApiJson.Wire.SystemInfo, cancellationToken);

    /// <inheritdoc/>
    public Task<DiffResponse> DiffAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(ApiPaths.Diff, ApiJson.Wire.DiffResponse, cancellationToken);

    /// <inheritdoc/>
    public Task<MendResponse> MendAsync(CancellationToken cancellationToken) =>
        _http.PostAsync(ApiPaths.Mend, null, ApiJson.Wire.MendResponse, cancellationToken);

    /// <inheritdoc/>
    public Task ResetAsync(CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.SystemReset, null, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> BackupAsync(CancellationToken cancellationToken) =>
        _http.GetBytesAsync(ApiPaths.SystemBackup, cancellationToken);

    /// <inheritdoc/>
    public Task<RestoreResponse> RestoreAsync(byte[] backup, CancellationToken cancellationToken) =>
        _http.PostAsync(ApiPaths.SystemRestore, backup, ApiJson.Wire.RestoreResponse, cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.SystemSettle, null, cancellationToken);
}
