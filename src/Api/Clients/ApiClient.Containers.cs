using System.Globalization;
using System.Runtime.CompilerServices;
using Net.Api.Containers;
using Net.Api.Containers.Statistics;
using Net.Api.Executions;
using Net.Api.Streams;
using Net.Api.Texts;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    private const int InternalError = 500;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(bool all, CancellationToken cancellationToken) =>
        _http.GetAsync(
            all ? ApiPaths.With(ApiPaths.Containers, (ApiPaths.AllQuery, "1")) : ApiPaths.Containers,
            ApiJson.Wire.IReadOnlyListContainerSummary,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(ContainerQuery query, CancellationToken cancellationToken)
    {
        string path = Filtered(ApiPaths.Containers, query.Filters);
        path = query.All ? ApiPaths.With(path, (ApiPaths.AllQuery, "1")) : path;
        path = query.Limit is { } limit
            ? ApiPaths.With(path, (ApiPaths.LimitQuery, limit.ToString(CultureInfo.InvariantCulture)))
            : path;
        return _http.GetAsync(path, ApiJson.Wire.IReadOnlyListContainerSummary, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ContainerPruneResponse> PruneContainersAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken) =>
        _http.PostAsync(
            Filtered(ApiPaths.ContainerPrune, filters), null, ApiJson.Wire.ContainerPruneResponse, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerDetails> InspectContainerAsync(string container, CancellationToken cancellationToken) =>
        InspectContainerAsync(container, withSize: false, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerDetails> InspectContainerAsync(string container, bool withSize, CancellationToken cancellationToken)
    {
        string path = ApiPaths.For(ApiPaths.ContainerInspect, container);
        return _http.GetAsync(
            withSize ? ApiPaths.With(path, (ApiPaths.SizeQuery, "1")) : path, ApiJson.Wire.ContainerDetails, cancellationToken);
    }

    /// <inheritdoc/>
    public ApiOperation<ContainerCreateResponse> CreateContainer(ContainerCreateRequest request) => Operation(
        HttpMethod.Post,
        ApiPaths.ContainerCreate,
        HttpExchange.Json(request, ApiJson.Wire.ContainerCreateRequest),
        ApiJson.Wire.ContainerCreateResponse);

    /// <inheritdoc/>
    public Task StartContainerAsync(string container, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerStart, container), null, cancellationToken);

    /// <inheritdoc/>
    public Task<IFrameConnection> StartContainerAttachedAsync(string container, CancellationToken cancellationToken) =>
        _http.UpgradeAsync(ApiPaths.For(ApiPaths.ContainerStartFrames, container), cancellationToken);

    /// <inheritdoc/>
    public Task<IFrameConnection> AttachContainerAsync(string container, CancellationToken cancellationToken) =>
        _http.UpgradeAsync(ApiPaths.For(ApiPaths.ContainerAttachFrames, container), cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(string container, int? seconds, string? signal, CancellationToken cancellationToken) =>
        EndAsync(ApiPaths.ContainerStop, container, seconds, signal, cancellationToken);

    /// <inheritdoc/>
    public Task RestartContainerAsync(string container, int? seconds, string? signal, CancellationToken cancellationToken) =>
        EndAsync(ApiPaths.ContainerRestart, container, seconds, signal, cancellationToken);

    /// <inheritdoc/>
    public Task KillContainerAsync(string container, string? signal, CancellationToken cancellationToken) =>
        EndAsync(ApiPaths.ContainerKill, container, null, signal, cancellationToken);

    /// <inheritdoc/>
    public Task PauseContainerAsync(string container, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerPause, container), null, cancellationToken);

    /// <inheritdoc/>
    public Task UnpauseContainerAsync(string container, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ContainerUnpause, container), null, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerTop> ReadProcessesAsync(string container, string? arguments, CancellationToken cancellationToken)
    {
        string path = ApiPaths.For(ApiPaths.ContainerTop, container);
        return _http.GetAsync(
            arguments is null ? path : ApiPaths.With(path, (ApiPaths.ProcessArgumentsQuery, arguments)),
            ApiJson.Wire.ContainerTop,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ContainerStats> ReadStatsAsync(string container, CancellationToken cancellationToken) => _http.GetAsync(
        ApiPaths.With(ApiPaths.For(ApiPaths.ContainerStats, container), (ApiPaths.StreamQuery, "false")),
        ApiJson.Wire.ContainerStats,
        cancellationToken);

    /// <inheritdoc/>
    public Task UpdateContainerAsync(string container, ContainerUpdateRequest request, CancellationToken cancellationToken) =>
        _http.PostAsync(
            ApiPaths.For(ApiPaths.ContainerUpdate, container),
            HttpExchange.Json(request, ApiJson.Wire.ContainerUpdateRequest),
            ApiJson.Wire.ContainerUpdateResponse,
            cancellationToken);

    /// <inheritdoc/>
    public Task RenameContainerAsync(string container, string name, CancellationToken cancellationToken) => _http.SendAsync(
        HttpMethod.Post,
        ApiPaths.With(ApiPaths.For(ApiPaths.ContainerRename, container), (ApiPaths.NameQuery, name)),
        null,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken)
    {
        WaitResponse response = await _http.PostAsync(
            ApiPaths.For(ApiPaths.ContainerWait, container), null, ApiJson.Wire.WaitResponse, cancellationToken).ConfigureAwait(false);
        return response.Error is { } error ? throw new ApiException(InternalError, error.Message) : response.StatusCode;
    }

    /// <inheritdoc/>
    public ApiOperation RemoveContainer(string container, bool force)
    {
        string path = ApiPaths.For(ApiPaths.Container, container);
        return Operation(HttpMethod.Delete, force ? ApiPaths.With(path, (ApiPaths.ForceQuery, "1")) : path);
    }

    /// <inheritdoc/>
    public ApiOperation RemoveLink(string link) => Operation(
        HttpMethod.Delete, ApiPaths.With(ApiPaths.For(ApiPaths.Container, link), (ApiPaths.LinkQuery, "1")));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Frame> ReadLogsAsync(
        string container, LogSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = ApiPaths.With(ApiPaths.For(ApiPaths.ContainerLogFrames, container), [.. QueryOf(selection)]);
        IFrameConnection frames = await _http.ReadFramesAsync(path, cancellationToken).ConfigureAwait(false);
        await using (frames.ConfigureAwait(false))
        {
            while (await frames.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
            {
                yield return frame;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<string> CreateExecAsync(string container, ExecCreateRequest request, CancellationToken cancellationToken)
    {
        ExecCreateResponse response = await _http.PostAsync(
            ApiPaths.For(ApiPaths.ContainerExec, container),
            HttpExchange.Json(request, ApiJson.Wire.ExecCreateRequest),
            ApiJson.Wire.ExecCreateResponse,
            cancellationToken).ConfigureAwait(false);
        return response.Id;
    }

    /// <inheritdoc/>
    public Task StartExecAsync(string exec, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ExecStartFrames, exec), null, cancellationToken);

    /// <inheritdoc/>
    public Task<IFrameConnection> StartExecAttachedAsync(string exec, CancellationToken cancellationToken) =>
        _http.UpgradeAsync(ApiPaths.For(ApiPaths.ExecStartFrames, exec), cancellationToken);

    private static IEnumerable<(string Name, string Value)> QueryOf(LogSelection selection)
    {
        (string Name, string? Value)[] query =
        [
            (ApiPaths.FollowQuery, selection.Follow ? "1" : null),
            (ApiPaths.TailQuery, selection.Tail),
            (ApiPaths.TimestampsQuery, selection.Timestamps ? "1" : null),
            (ApiPaths.DetailsQuery, selection.Details ? "1" : null),
            (ApiPaths.SinceQuery, selection.Since is { } since ? Moment.UnixSeconds(since) : null),
            (ApiPaths.UntilQuery, selection.Until is { } until ? Moment.UnixSeconds(until) : null),
        ];
        return query.Where(q => q.Value is not null).Select(q => (q.Name, q.Value!));
    }

    private Task EndAsync(string template, string container, int? seconds, string? signal, CancellationToken cancellationToken)
    {
        string path = ApiPaths.For(template, container);
        path = seconds is { } t ? ApiPaths.With(path, (ApiPaths.TimeoutQuery, t.ToString(CultureInfo.InvariantCulture))) : path;
        path = signal is not null ? ApiPaths.With(path, (ApiPaths.SignalQuery, signal)) : path;
        return _http.SendAsync(HttpMethod.Post, path, null, cancellationToken);
    }
}
