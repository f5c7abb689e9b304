using Net.Api;
using Net.Api.Containers;
using Net.Cnm.Ports;
using Net.Controller;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>The routes that publish and unpublish ports of existing containers.</summary>
internal sealed class PortRoutes(NetworkController controller)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiPaths.ContainerPublish, PublishAsync)
            .Describe("ContainerPublish", "Publishes more ports of a container.")
            .Takes<PublishRequest>()
            .Answers<PublishResponse>()
            .Explains()
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerUnpublish, UnpublishAsync)
            .Describe("ContainerUnpublish", "Ends the publishing of ports of a container.")
            .Takes<PublishRequest>()
            .Answers(StatusCodes.Status204NoContent)
            .Explains()
            .Refuses(StatusCodes.Status409Conflict);
    }

    private async Task PublishAsync(HttpContext context)
    {
        IReadOnlyList<PortSpec> ports = PortRequests.RequiredSpecs((context.ReadJson(ApiJson.Wire.PublishRequest)).Ports);
        await context.AnswerAsync(controller.PublishPorts(context.Reference(), ports), published => context.WriteJsonAsync(
            new PublishResponse
            {
                Ports = PortsView.Of(published.Mappings),
                ForwardedPorts = PortsView.Forwarded(published.Mappings),
                Warnings = published.Warnings,
            },
            ApiJson.Wire.PublishResponse));
    }

    private async Task UnpublishAsync(HttpContext context)
    {
        IReadOnlyList<PortSpec> ports = PortRequests.RequiredSpecs((context.ReadJson(ApiJson.Wire.PublishRequest)).Ports);
        await context.AnswerAsync(controller.UnpublishPorts(context.Reference(), ports), StatusCodes.Status204NoContent);
    }
}
