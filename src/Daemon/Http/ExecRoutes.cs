using Net.Api;
using Net.Api.Executions;
using Net.Api.Streams;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Daemon.Http.RawStreams;

namespace Net.Daemon.Http;

/// <summary>Docker's routes for further commands in a container.</summary>
internal sealed class ExecRoutes(NetworkController controller, ExecutionDirectory executions)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiPaths.ContainerExec, CreateAsync)
            .Describe("ContainerExec", "Prepares a further command in a container.")
            .Takes<ExecCreateRequest>()
            .Answers<ExecCreateResponse>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(ApiPaths.ExecStart, StartAsync)
            .Describe("ExecStart", "Starts a prepared command, with its streams or, detached, without.")
            .Takes<ExecStartRequest>()
            .AnswersIn(ApiPaths.RawStreamMediaType, StatusCodes.Status101SwitchingProtocols)
            .AnswersIn(ApiPaths.MultiplexedStreamMediaType, StatusCodes.Status101SwitchingProtocols)
            .AnswersIn(ApiPaths.RawStreamMediaType)
            .AnswersIn(ApiPaths.MultiplexedStreamMediaType)
            .Answers(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapGet(ApiPaths.ExecInspect, InspectAsync)
            .Describe("ExecInspect", "Describes a further command.")
            .Answers<ExecDetails>();
        routes.MapPost(ApiPaths.ExecResize, ResizeAsync)
            .Describe("ExecResize", "Changes the size of the terminal of a further command.")
            .Query(ApiPaths.HeightQuery, "Rows.")
            .Query(ApiPaths.WidthQuery, "Columns.")
            .Answers(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status409Conflict);
    }

    private async Task CreateAsync(HttpContext context)
    {
        ExecCreateRequest body = context.ReadJson(ApiJson.Wire.ExecCreateRequest);
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        if (body.Cmd is not { Count: > 0 })
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"No exec command specified: nothing to run in container \"{sandbox.Name}\"; give a command");
        }

        var execution = new Execution
        {
            Id = NetworkId.New().Value,
            Sandbox = sandbox.Id,
            Command = ProcessRequests.Parse(
                body.Cmd, body.Env, Or(body.WorkingDir, sandbox.Process?.WorkingDirectory), Or(body.User, sandbox.Process?.User),
                body.Tty, body.ConsoleSize, body.AttachStdin),
            Output = body.AttachStdout,
            Error = body.AttachStderr,
            Keys = string.IsNullOrEmpty(body.DetachKeys) ? null : RawAnswers.KeysOf(body.DetachKeys),
        };
        executions.Add(execution);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.WriteJsonAsync(new ExecCreateResponse { Id = execution.Id }, ApiJson.Wire.ExecCreateResponse);
    }

    private async Task StartAsync(HttpContext context)
    {
        ExecStartRequest body = context.ReadJson(ApiJson.Wire.ExecStartRequest);
        Execution execution = executions.Find(context.Reference());
        execution.Begin();
        ProcessConfig command = body.ConsoleSize is [var rows, var columns]
            ? execution.Command with { TerminalSize = new TerminalSize(rows, columns) }
            : execution.Command;
        if (body.Detach)
        {
            await using IProcessStreams unread = await executions.StartAsync(execution, command, CancellationToken.None);
            context.Response.StatusCode = StatusCodes.Status200OK;
            return;
        }

        RawConnection client = await context.TakeConnectionAsync(command.Terminal);
        await ConnectAsync(client, execution, command, context.Stopping());
    }

    // As with Docker, the client is connected before the command is started, and reads there why it cannot be.
    private async Task ConnectAsync(RawConnection client, Execution execution, ProcessConfig command, CancellationToken stopping)
    {
        var bridge = new RawStreamBridge(client, new RawStreamSettings
        {
            Terminal = command.Terminal,
            Input = command.OpenStandardInput,
            Output = execution.Output,
            Error = execution.Error,
            PassesEndOfInput = true,
            Keys = execution.Keys ?? DetachKeys.Parse(null),
        });
        IProcessStreams streams;
        try
        {
            streams = await executions.StartAsync(execution, command, CancellationToken.None);
        }
        catch (CnmException error)
        {
            await bridge.SayAsync(error.Message, stopping);
            return;
        }

        await using (streams)
        {
            await bridge.RunAsync(streams, static () => Task.CompletedTask, stopping);
        }
    }

    private Task InspectAsync(HttpContext context)
    {
        Execution execution = executions.Find(context.Reference());
        (bool began, bool ended, int? exitCode) = execution.Look();
        ProcessConfig command = execution.Command;
        return context.WriteJsonAsync(
            new ExecDetails
            {
                ID = execution.Id,
                Running = began && !ended,
                ExitCode = exitCode,
                ProcessConfig = new ExecProcessConfig
                {
                    Tty = command.Terminal,
                    Entrypoint = command.Command[0],
                    Arguments = [.. command.Command.Skip(1)],
                    User = command.User ?? "",
                },
                OpenStdin = command.OpenStandardInput,
                OpenStdout = execution.Output,
                OpenStderr = execution.Error,
                ContainerID = execution.Sandbox.Value,
                Pid = execution.ProcessId,
            },
            ApiJson.Wire.ExecDetails);
    }

    private async Task ResizeAsync(HttpContext context)
    {
        await executions.Find(context.Reference()).ResizeAsync(RawAnswers.SizeOf(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static string? Or(string? asked, string? containers) => string.IsNullOrEmpty(asked) ? containers : asked;
}
