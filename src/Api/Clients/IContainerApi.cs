using Net.Api.Containers;
using Net.Api.Containers.Statistics;
using Net.Api.Executions;
using Net.Api.Streams;

namespace Net.Api.Clients;

/// <summary>The requests about containers. A container is given by name, id or unique id prefix.</summary>
/// <remarks>Errors, and changes that can be explained: as <see cref="INetworkApi"/>.</remarks>
public interface IContainerApi
{
    /// <summary>The running containers, or all.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(bool all, CancellationToken cancellationToken);

    /// <summary>The containers that a query selects.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(ContainerQuery query, CancellationToken cancellationToken);

    /// <summary>Removes all containers that do not run.</summary>
    /// <param name="filters">Which of them: values by the names of Docker's filters; empty for all.</param>
    Task<ContainerPruneResponse> PruneContainersAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken);

    /// <summary>One container.</summary>
    Task<ContainerDetails> InspectContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>As <see cref="InspectContainerAsync(string, CancellationToken)"/>, with the size of its files where that is
    /// asked for.</summary>
    Task<ContainerDetails> InspectContainerAsync(string container, bool withSize, CancellationToken cancellationToken);

    /// <summary>Creates a container: its sandbox, addresses and ports. Its command does not run yet.</summary>
    ApiOperation<ContainerCreateResponse> CreateContainer(ContainerCreateRequest request);

    /// <summary>Starts a container's command; nothing happens when it runs already.</summary>
    Task StartContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Starts a container's command and connects to its streams from the first byte on.</summary>
    Task<IFrameConnection> StartContainerAttachedAsync(string container, CancellationToken cancellationToken);

    /// <summary>Connects to the streams of a container's command that runs: what it writes from now on.</summary>
    Task<IFrameConnection> AttachContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Stops a container's command: the signal, then SIGKILL.</summary>
    /// <param name="container">The container.</param>
    /// <param name="seconds">How long to wait in between; null for the daemon's default of 10; negative to wait without limit.</param>
    /// <param name="signal">The name or number of the first signal; null for SIGTERM.</param>
    Task StopContainerAsync(string container, int? seconds, string? signal, CancellationToken cancellationToken);

    /// <summary>Stops a container as <see cref="StopContainerAsync"/> does, when it runs, and starts it.</summary>
    Task RestartContainerAsync(string container, int? seconds, string? signal, CancellationToken cancellationToken);

    /// <summary>Sends a signal to a container's command.</summary>
    /// <param name="container">The container.</param>
    /// <param name="signal">The name or number of the signal; null for SIGKILL.</param>
    Task KillContainerAsync(string container, string? signal, CancellationToken cancellationToken);

    /// <summary>Holds up all processes of a container.</summary>
    Task PauseContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Lets the processes of a paused container go on.</summary>
    Task UnpauseContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>The processes of a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="arguments">Arguments of ps, which say which columns; null for those of <c>-ef</c>.</param>
    Task<ContainerTop> ReadProcessesAsync(string container, string? arguments, CancellationToken cancellationToken);

    /// <summary>What a container uses, measured for about a second; zeros when it does not run.</summary>
    Task<ContainerStats> ReadStatsAsync(string container, CancellationToken cancellationToken);

    /// <summary>Changes the restart policy of a container.</summary>
    Task UpdateContainerAsync(string container, ContainerUpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a container another name.</summary>
    Task RenameContainerAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Publishes further ports of a container, without a restart. The answer says which host ports were chosen.</summary>
    ApiOperation<PublishResponse> PublishPorts(string container, PublishRequest request);

    /// <summary>Ends the publishing of ports of a container; its other ports stay published.</summary>
    ApiOperation UnpublishPorts(string container, PublishRequest request);

    /// <summary>Waits until a container's command has exited.</summary>
    /// <returns>The exit code.</returns>
    Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Removes a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="force">Whether a running one is killed first; otherwise that is refused.</param>
    ApiOperation RemoveContainer(string container, bool force);

    /// <summary>Removes a link, not its containers.</summary>
    /// <param name="link">The linking container and the alias: <c>web/db</c>.</param>
    ApiOperation RemoveLink(string link);

    /// <summary>The output of a container's command, as frames of kind StandardOutput and StandardError.</summary>
    /// <param name="container">The container.</param>
    /// <param name="selection">Which lines.</param>
    IAsyncEnumerable<Frame> ReadLogsAsync(string container, LogSelection selection, CancellationToken cancellationToken);

    /// <summary>Prepares one more command in a container.</summary>
    /// <returns>The id with which it can be started once.</returns>
    Task<string> CreateExecAsync(string container, ExecCreateRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a prepared command without connecting to its streams.</summary>
    Task StartExecAsync(string exec, CancellationToken cancellationToken);

    /// <summary>Starts a prepared command and connects to its streams.</summary>
    Task<IFrameConnection> StartExecAttachedAsync(string exec, CancellationToken cancellationToken);
}
