using Net.Api.Daemons;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(ApiPaths.Version, ApiJson.Wire.VersionResponse, cancellationToken);

    /// <inheritdoc/>
    public Task ResetAsync(CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.SystemReset, null, cancellationToken);
}
