using Net.Api.Containers;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<PublishResponse> PublishPortsAsync(string container, PublishRequest request, CancellationToken cancellationToken) =>
        _http.PostAsync(ApiPaths.For(ApiPaths.ContainerPublish, container), Body(request), ApiJson.Wire.PublishResponse, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainPublishPortsAsync(string container, PublishRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(HttpMethod.Post, With(ApiPaths.For(ApiPaths.ContainerPublish, container), DryRun), Body(request), cancellationToken);

    /// <inheritdoc/>
    public Task UnpublishPortsAsync(string container, PublishRequest request, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerUnpublish, container), Body(request), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ExplainUnpublishPortsAsync(string container, PublishRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(HttpMethod.Post, With(ApiPaths.For(ApiPaths.ContainerUnpublish, container), DryRun), Body(request), cancellationToken);

    private static HttpContent Body(PublishRequest request) => HttpExchange.Body(request, ApiJson.Wire.PublishRequest);
}
