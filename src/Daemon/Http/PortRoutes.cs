using Net.Api;
using Net.Api.Containers;
using Net.Cnm.Ports;
using Net.Controller;
using Net.Controller.Requests;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>Ports of containers that are there already.</summary>
internal sealed class PortRoutes(NetworkController controller)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiPaths.ContainerPublish, PublishAsync);
        routes.MapPost(ApiPaths.ContainerUnpublish, UnpublishAsync);
    }

    private async Task PublishAsync(HttpContext context)
    {
        IReadOnlyList<PortSpec> ports = PortRequests.RequiredSpecs((await context.ReadJsonAsync(ApiJson.Wire.PublishRequest)).Ports);
        if (context.HasFlag(ApiPaths.DryRunQuery))
        {
            await context.WriteCommandsAsync(await controller.ExplainPublishPortsAsync(context.Reference(), ports, context.RequestAborted));
            return;
        }

        PortsPublished published = await controller.PublishPortsAsync(context.Reference(), ports, CancellationToken.None);
        await context.WriteJsonAsync(
            new PublishResponse
            {
                Ports = PortsView.Of(published.Mappings),
                ForwardedPorts = PortsView.Forwarded(published.Mappings),
                Warnings = published.Warnings,
            },
            ApiJson.Wire.PublishResponse);
    }

    private async Task UnpublishAsync(HttpContext context)
    {
        IReadOnlyList<PortSpec> ports = PortRequests.RequiredSpecs((await context.ReadJsonAsync(ApiJson.Wire.PublishRequest)).Ports);
        if (context.HasFlag(ApiPaths.DryRunQuery))
        {
            await context.WriteCommandsAsync(await controller.ExplainUnpublishPortsAsync(context.Reference(), ports, context.RequestAborted));
            return;
        }

        await controller.UnpublishPortsAsync(context.Reference(), ports, CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
