using Microsoft.AspNetCore.Http.Features;
using Net.Api;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>The start of containers, and the routes of netctl's own that connect to the streams of commands: frames in both directions over
/// an upgraded connection, the size of the terminal, signals and the exit code among them.</summary>
internal sealed class StreamRoutes(NetworkController controller, ExecutionDirectory executions)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiPaths.ContainerStart, StartAsync);
        routes.MapPost(ApiPaths.ContainerStartFrames, StartAttachedAsync);
        routes.MapPost(ApiPaths.ContainerAttachFrames, AttachAsync);
        routes.MapPost(ApiPaths.ExecStartFrames, StartExecutionAsync);
        routes.MapGet(ApiPaths.ContainerLogFrames, LogsAsync);
    }

    private async Task StartAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        if (CanStart(sandbox))
        {
            await controller.StartSandbox(sandbox.Id.Value, attach: false).RunAsync(CancellationToken.None);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
    }

    private async Task StartAttachedAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        if (!CanStart(sandbox))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        IProcessStreams? streams = await controller.StartSandbox(sandbox.Id.Value, attach: true).RunAsync(CancellationToken.None);
        if (streams is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ConnectAsync(context, streams, ExitFollowUp.Of(controller, sandbox.Id, context.RequestAborted));
    }

    private static bool CanStart(Sandbox sandbox) => sandbox.IsPaused
        ? throw new CnmException(CnmErrorKind.Conflict, "cannot start a paused container, try unpause instead")
        : sandbox.State != SandboxState.Running && !sandbox.IsRestarting;

    private async Task AttachAsync(HttpContext context)
    {
        SandboxId id = controller.FindSandbox(context.Reference()).Id;
        await ConnectAsync(
            context,
            await controller.AttachAsync(id.Value, context.HasFlag(ApiPaths.LogsQuery), context.RequestAborted),
            ExitFollowUp.Of(controller, id, context.RequestAborted));
    }

    private async Task StartExecutionAsync(HttpContext context)
    {
        Execution execution = executions.Find(context.Reference());
        execution.Begin();
        IProcessStreams streams = await executions.StartAsync(execution, execution.Command, context.RequestAborted);
        if (IsUpgrade(context))
        {
            await ConnectAsync(context, streams, () => Task.CompletedTask);
            return;
        }

        await streams.DisposeAsync();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task LogsAsync(HttpContext context)
    {
        var parameters = LogParameters.Parse(context, DateTimeOffset.UtcNow, needsStream: false);
        IAsyncEnumerable<LogLine> lines = controller.ReadLogAsync(context.Reference(), parameters.Lines, context.RequestAborted);
        context.Response.ContentType = ApiPaths.FramesMediaType;
        await context.Response.StartAsync(context.RequestAborted);
        await LogFrames.WriteAsync(lines, parameters, framed: true, context.Response.Body, context.RequestAborted);
    }

    private static bool IsUpgrade(HttpContext context) => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    private static async Task ConnectAsync(HttpContext context, IProcessStreams streams, Func<Task> beforeExit)
    {
        await using (streams)
        {
            if (!IsUpgrade(context))
            {
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"streams need an upgraded connection; send Connection: Upgrade and Upgrade: {ApiPaths.StreamProtocol}");
            }

            context.Response.Headers.Upgrade = ApiPaths.StreamProtocol;
            await using Stream connection = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
            await StreamBridge.RunAsync(connection, streams, beforeExit, context.RequestAborted);
        }
    }
}
