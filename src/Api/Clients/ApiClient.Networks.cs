using System.Text.Json;
using Net.Api.Networks;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkResource>> ListNetworksAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken) =>
        _http.GetAsync(Filtered(ApiPaths.Networks, filters), ApiJson.Wire.IReadOnlyListNetworkResource, cancellationToken);

    /// <inheritdoc/>
    public Task<NetworkResource> InspectNetworkAsync(string network, bool verbose, CancellationToken cancellationToken) =>
        _http.GetAsync(
            verbose
                ? ApiPaths.With(ApiPaths.For(ApiPaths.Network, network), (ApiPaths.VerboseQuery, "true"))
                : ApiPaths.For(ApiPaths.Network, network),
            ApiJson.Wire.NetworkResource, cancellationToken);

    /// <inheritdoc/>
    public ApiOperation<NetworkCreateResponse> CreateNetwork(NetworkCreateRequest request) => Operation(
        HttpMethod.Post,
        ApiPaths.NetworkCreate,
        HttpExchange.Json(request, ApiJson.Wire.NetworkCreateRequest),
        ApiJson.Wire.NetworkCreateResponse);

    /// <inheritdoc/>
    public ApiOperation RemoveNetwork(string network, bool force = false) => Operation(
        HttpMethod.Delete,
        force
            ? ApiPaths.With(ApiPaths.For(ApiPaths.Network, network), (ApiPaths.ForceQuery, "1"))
            : ApiPaths.For(ApiPaths.Network, network));

    /// <inheritdoc/>
    public ApiOperation<NetworkPruneResponse> PruneNetworks(IReadOnlyDictionary<string, IReadOnlyList<string>> filters) =>
        Operation(HttpMethod.Post, Filtered(ApiPaths.NetworkPrune, filters), null, ApiJson.Wire.NetworkPruneResponse);

    /// <inheritdoc/>
    public ApiOperation Connect(string network, NetworkConnectRequest request) => Operation(
        HttpMethod.Post, ApiPaths.For(ApiPaths.NetworkConnect, network), HttpExchange.Json(request, ApiJson.Wire.NetworkConnectRequest));

    /// <inheritdoc/>
    public ApiOperation Disconnect(string network, NetworkDisconnectRequest request) => Operation(
        HttpMethod.Post,
        ApiPaths.For(ApiPaths.NetworkDisconnect, network),
        HttpExchange.Json(request, ApiJson.Wire.NetworkDisconnectRequest));

    private static string Filtered(string path, IReadOnlyDictionary<string, IReadOnlyList<string>> filters) => filters.Count == 0
        ? path
        : ApiPaths.With(
            path, (ApiPaths.FiltersQuery, JsonSerializer.Serialize(filters, ApiJson.Wire.IReadOnlyDictionaryStringIReadOnlyListString)));
}
