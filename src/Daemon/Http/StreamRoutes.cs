using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Net.Api;
using Net.Api.Executions;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>The routes that start commands and connect to their streams: frames in both directions over an upgraded connection.</summary>
internal sealed class StreamRoutes(NetworkController controller)
{
    private const int MaximumWaitingExecutions = 1000;

    private readonly ConcurrentDictionary<string, (SandboxId Sandbox, ProcessConfig Command)> _executions = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiPaths.ContainerStart, StartAsync)
            .Describe("NetctlContainerStart", "Starts the command of a container.")
            .Query(ApiPaths.AttachQuery, "1: connect to its streams before it runs; the connection is upgraded.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Answers(StatusCodes.Status204NoContent)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerAttach, AttachAsync)
            .Describe("NetctlContainerAttach", "Connects to the streams of a container's command by an upgraded connection.")
            .Query(ApiPaths.LogsQuery, "1: begin with what the command has written up to now.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerExec, CreateExecutionAsync)
            .Describe("NetctlContainerExec", "Prepares a further command in a container.")
            .Takes<ExecCreateRequest>()
            .Answers<ExecCreateResponse>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(ApiPaths.ExecStart, StartExecutionAsync)
            .Describe("NetctlExecStart", "Starts a prepared command; an upgraded connection is connected to its streams.")
            .Answers(StatusCodes.Status101SwitchingProtocols)
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapGet(ApiPaths.ContainerLogs, LogsAsync)
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
        if (sandbox.IsPaused)
        {
            throw new CnmException(CnmErrorKind.Conflict, "cannot start a paused container, try unpause instead");
        }

        if (sandbox.State == SandboxState.Running || sandbox.IsRestarting)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        bool attach = context.HasFlag(ApiPaths.AttachQuery);
        IProcessStreams? streams = await controller.StartSandbox(sandbox.Id.Value, attach).RunAsync(CancellationToken.None);
        if (streams is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ConnectAsync(context, streams, Settling(sandbox.Id, context.RequestAborted));
    }

    private async Task AttachAsync(HttpContext context)
    {
        SandboxId id = controller.FindSandbox(context.Reference()).Id;
        await ConnectAsync(
            context,
            await controller.AttachAsync(id.Value, context.HasFlag(ApiPaths.LogsQuery), context.RequestAborted),
            Settling(id, context.RequestAborted));
    }

    // Waits until all that follows the exit of a command has been done, the removal with --rm included, since a client that was told of the
    // exit may count on it. Called before the exit: a container that is restarted soon runs another command.
    private Func<Task> Settling(SandboxId sandbox, CancellationToken cancellationToken)
    {
        Func<Task<int>> exit = controller.WatchExit(sandbox);
        return async () =>
        {
            try
            {
                await exit().WaitAsync(cancellationToken);
            }
            catch (CnmException)
            {
                // The container was removed already, or the log has the error.
            }
        };
    }

    private async Task CreateExecutionAsync(HttpContext context)
    {
        ExecCreateRequest body = await context.ReadJsonAsync(ApiJson.Wire.ExecCreateRequest);
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        if (body.Cmd is not { Count: > 0 })
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, $"nothing to run in container \"{sandbox.Name}\": give a command");
        }

        if (_executions.Count >= MaximumWaitingExecutions)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable, $"{MaximumWaitingExecutions} commands wait to be started; start them before creating more");
        }

        string id = NetworkId.New().Value;
        ProcessConfig command = ProcessRequests.Parse(
            body.Cmd, body.Env, Or(body.WorkingDir, sandbox.Process?.WorkingDirectory), Or(body.User, sandbox.Process?.User),
            body.Tty, body.ConsoleSize, body.OpenStdin);
        controller.AnnounceExec(sandbox.Id.Value, id, command);
        _executions[id] = (sandbox.Id, command);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.WriteJsonAsync(new ExecCreateResponse { Id = id }, ApiJson.Wire.ExecCreateResponse);
    }

    private async Task StartExecutionAsync(HttpContext context)
    {
        if (!_executions.TryRemove(context.Reference(), out (SandboxId Sandbox, ProcessConfig Command) execution))
        {
            throw new CnmException(
                CnmErrorKind.NotFound, $"no such exec: {context.Reference()}; each is started once, after it was created");
        }

        IProcessStreams streams = await ExecAsync(
            execution.Sandbox, context.Reference(), execution.Command, context.RequestAborted);
        if (IsUpgrade(context))
        {
            await ConnectAsync(context, streams, () => Task.CompletedTask);
            return;
        }

        await streams.DisposeAsync();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // As with Docker, a further command that cannot be started for a reason of its own, such as an unknown user, is one that cannot be
    // executed.
    private async Task<IProcessStreams> ExecAsync(
        SandboxId sandbox, string id, ProcessConfig command, CancellationToken cancellationToken)
    {
        try
        {
            return await controller.ExecAsync(sandbox.Value, id, command, cancellationToken);
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.InvalidParameter)
        {
            throw new CnmException(CnmErrorKind.CommandNotExecutable, error.Message, error);
        }
    }

    private async Task LogsAsync(HttpContext context)
    {
        var parameters = LogParameters.Parse(context, DateTimeOffset.UtcNow);
        IAsyncEnumerable<LogLine> lines = controller.ReadLogAsync(context.Reference(), parameters.Lines, context.RequestAborted);
        context.Response.ContentType = ApiPaths.FramesMediaType;
        await context.Response.StartAsync(context.RequestAborted);
        await LogFrames.WriteAsync(lines, parameters, context.Response.Body, context.RequestAborted);
    }

    private static string? Or(string? asked, string? containers) => string.IsNullOrEmpty(asked) ? containers : asked;

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
