using System.Globalization;
using System.Text.Json;
using Net.Api;
using Net.Api.Containers;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Events;
using Net.Controller.Models;
using Net.Controller.Requests;
using Net.Daemon.Http.Views;

namespace Net.Daemon.Http;

/// <summary>The routes for containers: those of Docker, but for the streams of commands, and the creation, which is netctl's own.</summary>
internal sealed class ContainerRoutes(
    NetworkController controller, ExecutionDirectory executions, DaemonOptions options, TimeProvider time)
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiPaths.Containers, ListAsync)
            .Describe("ContainerList", "Lists containers: those that run, or all.")
            .Query(ApiPaths.AllQuery, "1: also those that do not run.")
            .Query(ApiPaths.LimitQuery, "The newest so many, whether they run or not.")
            .Query(ApiPaths.SizeQuery, "1: also the size of their files.")
            .Query(
                ApiPaths.FiltersQuery,
                "A JSON object of lists: before, exited, expose, health, id, is-task, label, name, network, publish, since, status, "
                    + "volume.")
            .Answers<IReadOnlyList<ContainerSummary>>();
        routes.MapGet(ApiPaths.ContainerInspect, InspectAsync)
            .Describe("ContainerInspect", "Describes a container.")
            .Query(ApiPaths.SizeQuery, "1: also the size of its files.")
            .Answers<ContainerDetails>();
        routes.MapPost(ApiPaths.ContainerCreate, CreateAsync)
            .Describe("NetctlContainerCreate", "Makes a container, or one around a network namespace that is there.")
            .Takes<ContainerCreateRequest>()
            .Answers<ContainerCreateResponse>(StatusCodes.Status201Created)
            .Explains()
            .Refuses(
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status501NotImplemented);
        routes.MapPost(ApiPaths.ContainerPrune, PruneAsync)
            .Describe("ContainerPrune", "Removes the containers that do not run.")
            .Query(ApiPaths.FiltersQuery, "A JSON object of lists: label, label!, until.")
            .Answers<ContainerPruneResponse>()
            .Refuses(StatusCodes.Status501NotImplemented);
        routes.MapDelete(ApiPaths.Container, RemoveAsync)
            .Describe("ContainerDelete", "Removes a container, or a link.")
            .Query(ApiPaths.ForceQuery, "1: also one that runs.")
            .Query(ApiPaths.LinkQuery, "1: the id is the name of a link, CONTAINER/ALIAS.")
            .Answers(StatusCodes.Status204NoContent)
            .Explains()
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapDelete(ApiPaths.ContainerLink, RemoveAsync)
            .Describe("ContainerLinkDelete", "Removes a link, whose name is written without escaping its slash.")
            .Query(ApiPaths.LinkQuery, "1, or the request is refused.")
            .Answers(StatusCodes.Status204NoContent)
            .Explains();
        routes.MapPost(ApiPaths.ContainerStop, StopAsync)
            .Describe("ContainerStop", "Ends the command of a container.")
            .Query(ApiPaths.TimeoutQuery, "Seconds to wait before SIGKILL; -1: for ever.")
            .Query(ApiPaths.SignalQuery, "The signal that comes first.")
            .Answers(StatusCodes.Status204NoContent)
            .Answers(StatusCodes.Status304NotModified)
            .Explains();
        routes.MapPost(ApiPaths.ContainerKill, KillAsync)
            .Describe("ContainerKill", "Sends a signal to the command of a container.")
            .Query(ApiPaths.SignalQuery, "The signal; SIGKILL when absent.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerRestart, RestartAsync)
            .Describe("ContainerRestart", "Ends the command of a container and starts it again.")
            .Query(ApiPaths.TimeoutQuery, "Seconds to wait before SIGKILL; -1: for ever.")
            .Query(ApiPaths.SignalQuery, "The signal that comes first.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerPause, PauseAsync)
            .Describe("ContainerPause", "Holds up the processes of a container.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerUnpause, UnpauseAsync)
            .Describe("ContainerUnpause", "Lets the processes of a container go on.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerRename, RenameAsync)
            .Describe("ContainerRename", "Gives a container another name.")
            .Query(ApiPaths.NameQuery, "The new name.")
            .Answers(StatusCodes.Status204NoContent)
            .Explains()
            .Refuses(StatusCodes.Status409Conflict);
        routes.MapPost(ApiPaths.ContainerUpdate, UpdateAsync)
            .Describe("ContainerUpdate", "Changes the restart policy of a container.")
            .Takes<ContainerUpdateRequest>()
            .Answers<ContainerUpdateResponse>()
            .Explains()
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status501NotImplemented);
        routes.MapPost(ApiPaths.ContainerWait, WaitAsync)
            .Describe("ContainerWait", "Waits for a container; the answer begins at once.")
            .Query(ApiPaths.ConditionQuery, "not-running, next-exit or removed; not-running when absent.")
            .Answers<WaitResponse>();
    }

    private Task ListAsync(HttpContext context)
    {
        ContainerFilter filter = ContainerFilter.Parse(context.Request.Query[ApiPaths.FiltersQuery]);
        int? limit = LimitOf(context.Request.Query[ApiPaths.LimitQuery]);
        bool all = context.HasFlag(ApiPaths.AllQuery) || filter.AsksForState || limit is not null;
        ModelSnapshot model = controller.Snapshot;
        ContainerView view = View();
        return context.WriteJsonAsync(
            [.. model.Sandboxes
                .Where(s => (all || s.State == SandboxState.Running || s.IsRestarting)
                    && filter.Matches(s, model, controller.HealthOf(s)))
                .Take(limit ?? int.MaxValue)
                .Select(view.SummaryOf)],
            ApiJson.Wire.IReadOnlyListContainerSummary);
    }

    private Task InspectAsync(HttpContext context)
    {
        Sandbox sandbox = controller.FindSandbox(context.Reference());
        IReadOnlyList<string> running = executions.RunningIn(sandbox.Id);
        ContainerDetails details = View().DetailsOf(sandbox) with { ExecIDs = running.Count > 0 ? running : null };
        return context.WriteJsonAsync(
            context.HasFlag(ApiPaths.SizeQuery) ? details with { SizeRw = 0, SizeRootFs = 0 } : details, ApiJson.Wire.ContainerDetails);
    }

    private async Task CreateAsync(HttpContext context)
    {
        ContainerCreateRequest body = context.ReadJson(ApiJson.Wire.ContainerCreateRequest);
        await context.AnswerAsync(controller.CreateSandbox(Parse(body), explainStart: body.ExplainStart), created =>
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            return context.WriteJsonAsync(
                new ContainerCreateResponse { Id = created.Id.Value, Warnings = created.Warnings }, ApiJson.Wire.ContainerCreateResponse);
        });
    }

    private async Task PruneAsync(HttpContext context)
    {
        context.RefuseDryRun("the removal of all containers that do not run");
        var filter = PruneFilter.Parse(context.Request.Query[ApiPaths.FiltersQuery], time.GetUtcNow());
        var removed = new List<string>();
        foreach (Sandbox sandbox in controller.Sandboxes.Where(s => IsStopped(s) && filter.Matches(s)))
        {
            try
            {
                await controller.RemoveSandbox(sandbox.Id.Value, force: false).RunAsync(CancellationToken.None);
                removed.Add(sandbox.Id.Value);
            }
            catch (CnmException error) when (error.Kind is CnmErrorKind.NotFound or CnmErrorKind.Conflict)
            {
                // Somebody else has removed or started it meanwhile.
            }
        }

        controller.Events.AddPrune(EventKind.Container, time.GetUtcNow());
        await context.WriteJsonAsync(
            new ContainerPruneResponse { ContainersDeleted = removed.Count > 0 ? removed : null }, ApiJson.Wire.ContainerPruneResponse);
    }

    private static bool IsStopped(Sandbox sandbox) =>
        sandbox.State is SandboxState.Created or SandboxState.Exited && !sandbox.IsRestarting;

    private Task RemoveAsync(HttpContext context) => context.AnswerAsync(
        context.HasFlag(ApiPaths.LinkQuery)
            ? controller.RemoveLink(context.Reference())
            : controller.RemoveSandbox(context.Reference(), context.HasFlag(ApiPaths.ForceQuery)),
        StatusCodes.Status204NoContent);

    private Task StopAsync(HttpContext context)
    {
        string id = controller.FindSandbox(context.Reference()).Id.Value;
        TimeSpan grace = GraceOf(context.Request.Query[ApiPaths.TimeoutQuery]);
        return context.AnswerAsync(controller.StopSandbox(id, grace, StopSignalOf(context)), ran =>
        {
            context.Response.StatusCode = ran ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        });
    }

    private async Task KillAsync(HttpContext context)
    {
        await controller.SignalSandboxAsync(
            context.Reference(), SignalNames.Parse(context.Request.Query[ApiPaths.SignalQuery]), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task RestartAsync(HttpContext context)
    {
        TimeSpan grace = GraceOf(context.Request.Query[ApiPaths.TimeoutQuery]);
        await controller.RestartSandboxAsync(context.Reference(), grace, StopSignalOf(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PauseAsync(HttpContext context)
    {
        await controller.PauseSandboxAsync(context.Reference(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task UnpauseAsync(HttpContext context)
    {
        await controller.UnpauseSandboxAsync(context.Reference(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task RenameAsync(HttpContext context) => context.AnswerAsync(
        controller.RenameSandbox(context.Reference(), context.Request.Query[ApiPaths.NameQuery].ToString()),
        StatusCodes.Status204NoContent);

    private async Task UpdateAsync(HttpContext context)
    {
        ContainerUpdateRequest body = context.ReadJson(ApiJson.Wire.ContainerUpdateRequest);
        if (body.Others?.FirstOrDefault(static field => IsSet(field.Value)) is { Key: { } limit })
        {
            throw new CnmException(
                CnmErrorKind.NotImplemented,
                $"{limit} is not supported by netctl: a container has no limits here; update RestartPolicy alone");
        }

        if (body.RestartPolicy is not { Name.Length: > 0 } policy)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, "nothing to update: give a RestartPolicy with a Name");
        }

        await context.AnswerAsync(
            controller.UpdateSandbox(context.Reference(), RestartRequests.Parse(policy)),
            _ => context.WriteJsonAsync(new ContainerUpdateResponse(), ApiJson.Wire.ContainerUpdateResponse));
    }

    private static bool IsSet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString() != "",
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private async Task WaitAsync(HttpContext context)
    {
        Task<int> end = await controller.BeginWaitAsync(
            context.Reference(), ConditionOf(context.Parameter(ApiPaths.ConditionQuery)), context.RequestAborted);

        // As Docker's clients expect it: what happens after they have the header is not missed.
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        WaitResponse answer;
        try
        {
            answer = new WaitResponse { StatusCode = await end };
        }
        catch (CnmException error)
        {
            answer = new WaitResponse { StatusCode = -1, Error = new WaitError { Message = error.Message } };
        }

        await context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Wire.WaitResponse), context.RequestAborted);
    }

    private static WaitCondition ConditionOf(string? text) => text switch
    {
        null or "" or "not-running" => WaitCondition.NotRunning,
        "next-exit" => WaitCondition.NextExit,
        "removed" => WaitCondition.Removed,
        _ => throw new CnmException(
            CnmErrorKind.InvalidParameter, $"invalid condition: \"{text}\"; use not-running, next-exit or removed"),
    };

    private ContainerView View() =>
        new(controller.Snapshot, controller.HealthOf, new ExecRoot(options.ExecRoot), options.LogDirectory, time);

    private static SandboxCreateRequest Parse(ContainerCreateRequest body) => new()
    {
        Name = string.IsNullOrEmpty(body.Name) ? null : body.Name,
        HostName = string.IsNullOrEmpty(body.Hostname) ? null : body.Hostname,
        Networks = ContainerNetworks.Parse(body),
        Adopts = NamespaceSources.Parse(body),
        Resolver = ResolverRequests.Parse(body),
        PortSpecs = PortRequests.Specs(body.Ports),
        ExposedPorts = PortRequests.Exposed(body.Expose),
        PublishAll = body.PublishAllPorts,
        AutoRemove = body.AutoRemove,
        RestartPolicy = RestartRequests.Parse(body.RestartPolicy),
        HealthCheck = HealthRequests.Parse(body.Healthcheck),
        Log = LogRequests.Parse(body.LogConfig),
        ExtraHosts = body.ExtraHosts is { Count: > 0 } hosts ? [.. hosts.Select(HostEntry.Parse)] : null,
        Sysctls = body.Sysctls,
        Labels = body.Labels ?? new Dictionary<string, string>(),
        Process = body.Cmd is { Count: > 0 } command
            ? ProcessRequests.Parse(command, body.Env, body.WorkingDir, body.User, body.Tty, body.ConsoleSize, body.OpenStdin)
            : null,
    };

    // Docker's "ps -n" and "ps -l"; 0 and -1 mean no limit.
    private static int? LimitOf(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int limit)
            ? limit > 0 ? limit : null
            : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid limit \"{text}\": give a whole number");

    private static int? StopSignalOf(HttpContext context) =>
        context.Request.Query[ApiPaths.SignalQuery].ToString() is { Length: > 0 } text ? SignalNames.Parse(text) : null;

    private static TimeSpan GraceOf(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultGrace
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds) && seconds is >= -1 and <= 86_400
            ? seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds)
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid time to wait \"{text}\": give it whole seconds from 0 to 86400, or -1 to wait without limit");
}
