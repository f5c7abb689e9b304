using Net.Api.Containers;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public ApiOperation<PublishResponse> PublishPorts(string container, PublishRequest request) =>
        Operation(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerPublish, container), Json(request), ApiJson.Wire.PublishResponse);

    /// <inheritdoc/>
    public ApiOperation UnpublishPorts(string container, PublishRequest request) =>
        Operation(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerUnpublish, container), Json(request));

    private static byte[] Json(PublishRequest request) => HttpExchange.Json(request, ApiJson.Wire.PublishRequest);
}
