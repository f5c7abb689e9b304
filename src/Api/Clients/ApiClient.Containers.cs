using System.Globalization;
using System.Runtime.CompilerServices;
using Net.Api.Containers;
using Net.Api.Executions;
using Net.Api.Streams;

namespace Net.Api.Clients;

public sealed partial class ApiClient
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(bool all, CancellationToken cancellationToken) =>
        _http.GetAsync(
            all ? ApiPaths.With(ApiPaths.Containers, (ApiPaths.AllQuery, "1")) : ApiPaths.Containers,
            ApiJson.Wire.IReadOnlyListContainerSummary,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerDetails> InspectContainerAsync(string container, CancellationToken cancellationToken) =>
        _http.GetAsync(ApiPaths.For(ApiPaths.ContainerInspect, container), ApiJson.Wire.ContainerDetails, cancellationToken);

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
        _http.UpgradeAsync(ApiPaths.With(ApiPaths.For(ApiPaths.ContainerStart, container), (ApiPaths.AttachQuery, "1")), cancellationToken);

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
        return response.StatusCode;
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
        string container, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = ApiPaths.For(ApiPaths.ContainerLogs, container);
        IFrameConnection frames = await _http.ReadFramesAsync(
            follow ? ApiPaths.With(path, (ApiPaths.FollowQuery, "1")) : path, cancellationToken).ConfigureAwait(false);
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
        _http.SendAsync(HttpMethod.Post, ApiPaths.For(ApiPaths.ExecStart, exec), null, cancellationToken);

    /// <inheritdoc/>
    public Task<IFrameConnection> StartExecAttachedAsync(string exec, CancellationToken cancellationToken) =>
        _http.UpgradeAsync(ApiPaths.For(ApiPaths.ExecStart, exec), cancellationToken);

    private Task EndAsync(string template, string container, int? seconds, string? signal, CancellationToken cancellationToken)
    {
        string path = ApiPaths.For(template, container);
        path = seconds is { } t ? ApiPaths.With(path, (ApiPaths.TimeoutQuery, t.ToString(CultureInfo.InvariantCulture))) : path;
        path = signal is not null ? ApiPaths.With(path, (ApiPaths.SignalQuery, signal)) : path;
        return _http.SendAsync(HttpMethod.Post, path, null, cancellationToken);
    }
}
