using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Requests;

namespace Net.Controller;

/// <content>The changes that can be run and explained. None of these methods does anything by itself.</content>
public sealed partial class NetworkController
{
    /// <summary>Creates a network.</summary>
    public ControllerOperation<NetworkCreated> CreateNetwork(NetworkCreateRequest request) => new(
        cancellationToken => new NetworkCreation(_parts).RunAsync(request, cancellationToken),
        async cancellationToken =>
            await ExplainAsync(await new NetworkCreation(_parts).OperationAsync(request, cancellationToken), cancellationToken));

    /// <summary>Removes a network without endpoints. The result is the network that was removed.</summary>
    /// <param name="reference">The network.</param>
    /// <param name="force">Whether one of another program is removed too, which has forgotten it.</param>
    public ControllerOperation<Network> RemoveNetwork(string reference, bool force = false) => Of(
        new RemoveNetwork(reference) { EvenForeign = force, WithReservations = force }, network => TellOfRemovalAsync([network]));

    /// <summary>Removes every network that no container uses. The result is what was removed.</summary>
    /// <param name="selects">Which of them.</param>
    public ControllerOperation<IReadOnlyList<Network>> PruneNetworks(Predicate<Network> selects) => Of(
        new PruneNetworks(selects), TellOfRemovalAsync);

    /// <summary>Connects a container to one more network.</summary>
    public ControllerOperation<Endpoint> Connect(ConnectRequest request) => new(
        cancellationToken => new SandboxMembership(_parts).ConnectAsync(request, cancellationToken),
        cancellationToken => ExplainAsync(new ConnectSandbox(request, _parts.Endpoints, _parts.Stacks), cancellationToken));

    /// <summary>Disconnects a container from a network. The result is true.</summary>
    public ControllerOperation<bool> Disconnect(string network, string sandbox) => new(
        cancellationToken => new SandboxMembership(_parts).DisconnectAsync(network, sandbox, cancellationToken),
        cancellationToken => ExplainAsync(new DisconnectSandbox(network, sandbox, _parts.Stacks), cancellationToken));

    /// <summary>Creates a container. One with a command gets its network stack when the command is started; one without a command is up
    /// at once.</summary>
    /// <param name="request">What the container is to have.</param>
    /// <param name="explainStart">Whether an explanation covers the start of the command too.</param>
    public ControllerOperation<SandboxCreated> CreateSandbox(SandboxCreateRequest request, bool explainStart = false) => new(
        cancellationToken => new SandboxCreation(_parts).RunAsync(request, cancellationToken),
        cancellationToken => ExplainAsync(SandboxCreation.Operation(_parts, request, explainStart), cancellationToken));

    /// <summary>Starts a container's command; the network stack of a container that had exited is made first. A running one stays as it
    /// is.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="attach">Whether to connect to its streams from the first byte on.</param>
    /// <returns>An operation whose result is the streams, or null without <paramref name="attach"/> or a command. It throws CommandNotFound
    /// and CommandNotExecutable, which leave the container as it was before.</returns>
    public ControllerOperation<IProcessStreams?> StartSandbox(string reference, bool attach) => new(
        cancellationToken => new SandboxStart(_parts).RunAsync(reference, attach, cancellationToken),
        cancellationToken =>
        {
            Sandbox sandbox = FindSandbox(reference);
            return sandbox.State == SandboxState.Running
                ? Task.FromResult<IReadOnlyList<string>>([])
                : ExplainAsync(new StartSandbox(sandbox.Id, _parts.Endpoints, _parts.Stacks), cancellationToken);
        });

    /// <summary>Stops a container's command and all it left running, and releases addresses and ports. The result is whether it
    /// ran.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="grace">How long it has before SIGKILL.</param>
    /// <param name="signal">The first signal; null for SIGTERM.</param>
    public ControllerOperation<bool> StopSandbox(string reference, TimeSpan grace, int? signal) => new(
        cancellationToken => _stop.RunAsync(reference, grace, signal, cancellationToken),
        cancellationToken =>
        {
            var unknownExit = new SandboxProcessState(ShimAlive: false, null, null, null, null);
            return ExplainAsync(new ExitSandbox(FindSandbox(reference).Id, unknownExit, _parts.Time.GetUtcNow()), cancellationToken);
        });

    /// <summary>Gives a container another restart policy. The result is the container.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="policy">The policy; null for none.</param>
    public ControllerOperation<Sandbox> UpdateSandbox(string reference, SandboxRestartPolicy? policy) =>
        Of(new UpdateSandbox(reference, policy), sandbox =>
        {
            _parts.Tell(sandbox, "update");
            return Task.CompletedTask;
        });

    /// <summary>Gives a container another name. The result is the container with its new name.</summary>
    public ControllerOperation<Sandbox> RenameSandbox(string reference, string name) => Of(new RenameSandbox(reference, name));

    /// <summary>Removes a container. The result is the container as it was before.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">Whether a running one is killed first; otherwise that is a Conflict.</param>
    public ControllerOperation<Sandbox> RemoveSandbox(string reference, bool force) => new(
        cancellationToken => new SandboxRemoval(_parts, _stop).RunAsync(reference, force, cancellationToken),
        cancellationToken => ExplainAsync(new RemoveSandbox(reference, evenRunning: force), cancellationToken));

    /// <summary>Removes a link, not its containers. The result is the container that had it.</summary>
    /// <param name="name">The linking container and the alias: <c>web/db</c>.</param>
    public ControllerOperation<Sandbox> RemoveLink(string name) => Of(new RemoveLink(name), sandbox =>
    {
        _parts.Tell(sandbox, "update");
        return Task.CompletedTask;
    });

    /// <summary>Publishes further ports of a container; its other ports and their connections are not touched.</summary>
    /// <returns>An operation that throws Conflict when a host port is taken, by a container or by another program.</returns>
    /// <remarks>A container that has exited gets the ports when it is started. A container in mode host or none has nothing to publish:
    /// nothing changes, with a warning.</remarks>
    public ControllerOperation<PortsPublished> PublishPorts(string reference, IReadOnlyList<PortSpec> ports)
    {
        ControllerOperation<PortsPublished> publish = Of(new PublishPorts(reference, ports, _parts.Stacks, _parts.Planner));
        return new(
            async cancellationToken =>
            {
                PortsPublished published = await publish.RunAsync(cancellationToken);
                Sandbox sandbox = FindSandbox(reference);
                _parts.Tell(sandbox, "update");
                return await new WayOutNotice(_parts).TryAsync(sandbox.Id) is { } problem
                    ? published with { Warnings = [.. published.Warnings, problem] }
                    : published;
            },
            publish.ExplainAsync);
    }

    /// <summary>Ends the publishing of ports of a container; its other ports keep their numbers and connections. The result is the
    /// container.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="ports">Without a host port: every mapping of the container's ports; with one: that mapping. Part of a run may
    /// go.</param>
    /// <returns>An operation that throws NotFound when one of the ports is not published.</returns>
    public ControllerOperation<Sandbox> UnpublishPorts(string reference, IReadOnlyList<PortSpec> ports) =>
        Of(new UnpublishPorts(reference, ports, _parts.Stacks), sandbox =>
        {
            _parts.Tell(sandbox, "update");
            return new WayOutNotice(_parts).TryAsync(sandbox.Id);
        });

    private Task TellOfRemovalAsync(IReadOnlyList<Network> networks) =>
        new PluginRound(_parts).AfterRemovalAsync(networks.Select(network => network.Id), _parts.Talks.BeginPatience());

    private ControllerOperation<T> Of<T>(IOperation<T> operation, Func<T, Task>? afterwards = null) => new(
        async cancellationToken =>
        {
            T result = await _parts.Queue.RunAsync(
                () => _parts.Runner.RunAsync(operation, cancellationToken, yields: true), cancellationToken);
            await (afterwards?.Invoke(result) ?? Task.CompletedTask);
            return result;
        },
        cancellationToken => ExplainAsync(operation, cancellationToken));

    private Task<IReadOnlyList<string>> ExplainAsync<T>(IOperation<T> operation, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(
        async () => (await _parts.Runner.ExplainAsync(operation, cancellationToken)).Commands,
        cancellationToken);
}
