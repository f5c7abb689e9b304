using System.Text.Json;
using Net.Api.Daemons;
using Net.Api.Networks;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    private static readonly (string, string) DryRun = (ApiPaths.DryRunQuery, "1");

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkResource>> ListNetworksAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken)
    {
        string path = filters.Count == 0
            ? ApiPaths.Networks
            : With(ApiPaths.Networks, (ApiPaths.FiltersQuery, JsonSerializer.Serialize(filters, ApiJson.Wire.IReadOnlyDictionaryStringIReadOnlyListString)));
        return _http.GetAsync(path, ApiJson.Wire.IReadOnlyListNetworkResource, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<NetworkResource> InspectNetworkAsync(string network, bool verbose, CancellationToken cancellationToken) =>
        _http.GetAsync(
            verbose ? With(ApiPaths.For(ApiPaths.Network, network), (ApiPaths.VerboseQuery, "true")) : ApiPaths.For(ApiPaths.Network, network),
            ApiJson.Wire.NetworkResource, cancellationToken);

    /// <inheritdoc/>
    public Task<NetworkCreateResponse> CreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) =>
        _http.PostAsync(
            ApiPaths.NetworkCreate, HttpExchange.Body(request, ApiJson.Wire.NetworkCreateRequest), ApiJson.Wire.NetworkCreateResponse, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainCreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(HttpMethod.Post, With(ApiPaths.NetworkCreate, DryRun), HttpExchange.Body(request, ApiJson.Wire.NetworkCreateRequest), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string network, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Delete, ApiPaths.For(ApiPaths.Network, network), null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainRemoveNetworkAsync(string network, CancellationToken cancellationToken) =>
        ExplainAsync(HttpMethod.Delete, With(ApiPaths.For(ApiPaths.Network, network), DryRun), null, cancellationToken);

    /// <inheritdoc/>
    public Task ConnectAsync(string network, NetworkConnectRequest request, CancellationToken cancellationToken) =>
        _http.SendAsync(
            HttpMethod.Post, ApiPaths.For(ApiPaths.NetworkConnect, network), HttpExchange.Body(request, ApiJson.Wire.NetworkConnectRequest), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainConnectAsync(string network, NetworkConnectRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(
            HttpMethod.Post,
            With(ApiPaths.For(ApiPaths.NetworkConnect, network), DryRun),
            HttpExchange.Body(request, ApiJson.Wire.NetworkConnectRequest),
            cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(string network, NetworkDisconnectRequest request, CancellationToken cancellationToken) =>
        _http.SendAsync(
            HttpMethod.Post,
            ApiPaths.For(ApiPaths.NetworkDisconnect, network),
            HttpExchange.Body(request, ApiJson.Wire.NetworkDisconnectRequest),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainDisconnectAsync(string network, NetworkDisconnectRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(
            HttpMethod.Post,
            With(ApiPaths.For(ApiPaths.NetworkDisconnect, network), DryRun),
            HttpExchange.Body(request, ApiJson.Wire.NetworkDisconnectRequest),
            cancellationToken);

    private async Task<IReadOnlyList<string>> ExplainAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        DryRunResponse response = await _http.SendAsync(method, path, body, ApiJson.Wire.DryRunResponse, cancellationToken).ConfigureAwait(false);
        return response.Commands;
    }
}
