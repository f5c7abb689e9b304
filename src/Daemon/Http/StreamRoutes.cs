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
        routes.MapPost(ApiPaths.ContainerStart, StartAsync)
            .Describe("ContainerStart", "Starts the command of a container.")
            .Answers(StatusCodes.Status204NoContent)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerStartFrames, StartAttachedAsync)
            .Describe("NetctlContainerStart", "Starts the command of a container, with its streams as frames on an upgraded connection.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerAttachFrames, AttachAsync)
            .Describe("NetctlContainerAttach", "Connects to the streams of a container's command, as frames on an upgraded connection.")
            .Query(ApiPaths.LogsQuery, "1: begin with what the command has written up to now.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ExecStartFrames, StartExecutionAsync)
            .Describe("NetctlExecStart", "Starts a prepared command; its streams are frames on an upgraded connection.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapGet(ApiPaths.ContainerLogFrames, LogsAsync)
            .Describe("NetctlContainerLogs", "Reads what a container's command has written, as frames.")
            .Query(ApiPaths.FollowQuery, "1: go on until the command exits.")
            .Query(ApiPaths.TailQuery, "The last so many lines, or all.")
            .Query(ApiPaths.SinceQuery, "A moment: only later lines.")
            .Query(ApiPaths.UntilQuery, "A moment: only earlier lines.")
            .Query(ApiPaths.TimestampsQuery, "1: the time stands before each line.")
            .Query(ApiPaths.DetailsQuery, "1: the labels that --log-opt names stand before each line.")
            .Query(ApiPaths.OutputQuery, "1: standard output; both when neither is asked for.")
            .Query(ApiPaths.ErrorQuery, "1: standard error.")
            .AnswersIn(ApiPaths.FramesMediaType);
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
