using Net.Api;
using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Daemon.Http.RawStreams;

namespace Net.Daemon.Http;

/// <summary>Docker's routes for the output, the input and the terminal of a container's command.</summary>
internal sealed class AttachRoutes(NetworkController controller)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiPaths.ContainerLogs, LogsAsync)
            .Describe("ContainerLogs", "Reads what a container's command has written.")
            .Query(ApiPaths.FollowQuery, "1: go on until the command exits.")
            .Query(ApiPaths.TailQuery, "The last so many lines, or all.")
            .Query(ApiPaths.SinceQuery, "A moment: only later lines.")
            .Query(ApiPaths.UntilQuery, "A moment: only earlier lines.")
            .Query(ApiPaths.TimestampsQuery, "1: the time stands before each line.")
            .Query(ApiPaths.DetailsQuery, "1: the labels that --log-opt names stand before each line.")
            .Query(ApiPaths.OutputQuery, "1: standard output.")
            .Query(ApiPaths.ErrorQuery, "1: standard error.")
            .AnswersIn(ApiPaths.RawStreamMediaType)
            .AnswersIn(ApiPaths.MultiplexedStreamMediaType);
        routes.MapPost(ApiPaths.ContainerAttach, AttachAsync)
            .Describe("ContainerAttach", "Connects to the streams of a container's command.")
            .Query(ApiPaths.StreamQuery, "1: go on with what the command writes.")
            .Query(ApiPaths.LogsQuery, "1: begin with what the command has written up to now.")
            .Query(ApiPaths.InputQuery, "1: what the client sends is the command's input.")
            .Query(ApiPaths.OutputQuery, "1: standard output.")
            .Query(ApiPaths.ErrorQuery, "1: standard error.")
            .Query(ApiPaths.DetachKeysQuery, "The keys by which the client leaves a command with a terminal.")
            .AnswersIn(ApiPaths.RawStreamMediaType, StatusCodes.Status101SwitchingProtocols)
            .AnswersIn(ApiPaths.MultiplexedStreamMediaType, StatusCodes.Status101SwitchingProtocols)
            .AnswersIn(ApiPaths.RawStreamMediaType)
            .AnswersIn(ApiPaths.MultiplexedStreamMediaType)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerResize, ResizeAsync)
            .Describe("ContainerResize", "Changes the size of the terminal of a container's command.")
            .Query(ApiPaths.HeightQuery, "Rows.")
            .Query(ApiPaths.WidthQuery, "Columns.")
            .Answers(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status409Conflict);
    }

    private async Task LogsAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        var parameters = LogParameters.Parse(context, DateTimeOffset.UtcNow, needsStream: true);
        bool terminal = sandbox.Process is { Terminal: true };
        IAsyncEnumerable<LogLine> lines = controller.ReadLogAsync(sandbox.Id.Value, parameters.Lines, context.RequestAborted);
        context.Response.ContentType = RawAnswers.MediaTypeOf(context, terminal);
        await context.Response.StartAsync(context.RequestAborted);
        await LogFrames.WriteAsync(lines, parameters, framed: !terminal, context.Response.Body, context.RequestAborted);
    }

    // Whoever attaches to a command that does not run is connected when it is started: so Docker's clients start one in the foreground.
    private async Task AttachAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        bool terminal = sandbox.Process is { Terminal: true };
        bool runs = sandbox.State == SandboxState.Running;
        bool streams = context.HasFlag(ApiPaths.StreamQuery);
        bool logs = context.HasFlag(ApiPaths.LogsQuery);
        var settings = new RawStreamSettings
        {
            Terminal = terminal,
            Input = context.HasFlag(ApiPaths.InputQuery) && sandbox.Process is { OpenStandardInput: true },
            Output = context.HasFlag(ApiPaths.OutputQuery),
            Error = context.HasFlag(ApiPaths.ErrorQuery),
            PassesEndOfInput = !runs, // the command of another client may have more input later
            Keys = RawAnswers.KeysOf(context.Parameter(ApiPaths.DetachKeysQuery)),
        };

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.Stopping());
        Task<IProcessStreams>? connecting = !streams ? null
            : runs && logs ? Task.FromResult(await controller.AttachAsync(sandbox.Id.Value, fromStart: true, end.Token))
            : await controller.BeginAttachAsync(sandbox.Id.Value, end.Token);
        RawConnection client = await context.TakeConnectionAsync(terminal);
        var bridge = new RawStreamBridge(client, settings);
        try
        {
            if (logs && !(streams && runs))
            {
                await foreach (LogLine line in controller.ReadLogAsync(sandbox.Id.Value, new LogQuery(), end.Token))
                {
                    await bridge.WriteAsync(new StreamFrame(line.Stream, line.Bytes), end.Token);
                }
            }

            if (connecting is not null)
            {
                await using IProcessStreams command = await ConnectAsync(client, connecting, end);
                await bridge.RunAsync(command, ExitFollowUp.Of(controller, sandbox.Id, end.Token), end.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or CnmException)
        {
            // The client has left, the daemon stops, or the command was not started, which whoever started it is told.
        }
    }

    private static async Task<IProcessStreams> ConnectAsync(
        RawConnection client, Task<IProcessStreams> connecting, CancellationTokenSource end)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        Task close = client.WaitForCloseAsync(watching.Token);
        if (await Task.WhenAny(connecting, close) == close)
        {
            await end.CancelAsync();
        }

        await watching.CancelAsync();
        await close.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await connecting;
    }

    private async Task ResizeAsync(HttpContext context)
    {
        await controller.ResizeAsync(context.Reference(), RawAnswers.SizeOf(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
