using Net.Api.Containers;
using Net.Api.Executions;
using Net.Api.Streams;

namespace Net.Api.Clients;

/// <summary>What can be asked of the daemon about containers. A container is given by name, id or the unique start of an id.</summary>
/// <remarks>Errors, and changes that can be explained: as <see cref="INetworkApi"/>.</remarks>
public interface IContainerApi
{
    /// <summary>The containers that run, or all.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(bool all, CancellationToken cancellationToken);

    /// <summary>One container.</summary>
    Task<ContainerDetails> InspectContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Creates a container: its sandbox, addresses and ports. Its command does not run yet.</summary>
    ApiOperation<ContainerCreateResponse> CreateContainer(ContainerCreateRequest request);

    /// <summary>Starts a container's command; nothing happens when it runs already.</summary>
    Task StartContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Starts a container's command with this client on its streams from the first byte on.</summary>
    Task<IFrameConnection> StartContainerAttachedAsync(string container, CancellationToken cancellationToken);

    /// <summary>Ends a container's command: SIGTERM, then SIGKILL.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="seconds">How long to wait in between; null for the daemon's 10; negative for ever.</param>
    Task StopContainerAsync(string container, int? seconds, CancellationToken cancellationToken);

    /// <summary>Publishes further ports of a container, without a restart. The answer says which host ports were chosen.</summary>
    ApiOperation<PublishResponse> PublishPorts(string container, PublishRequest request);

    /// <summary>Ends the publishing of ports of a container; its other ports stay published.</summary>
    ApiOperation UnpublishPorts(string container, PublishRequest request);

    /// <summary>Waits until a container's command has ended.</summary>
    /// <returns>Its exit code.</returns>
    Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>Removes a container.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="force">Whether one that runs is killed first; otherwise it is refused.</param>
    ApiOperation RemoveContainer(string container, bool force);

    /// <summary>What a container's command wrote, as frames of kind StandardOutput and StandardError.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="follow">Whether to go on until the command ends.</param>
    IAsyncEnumerable<Frame> ReadLogsAsync(string container, bool follow, CancellationToken cancellationToken);

    /// <summary>Prepares a further command in a running container.</summary>
    /// <returns>Its id, to be started once.</returns>
    Task<string> CreateExecAsync(string container, ExecCreateRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a prepared command on its own.</summary>
    Task StartExecAsync(string exec, CancellationToken cancellationToken);

    /// <summary>Starts a prepared command with this client on its streams.</summary>
    Task<IFrameConnection> StartExecAttachedAsync(string exec, CancellationToken cancellationToken);
}
