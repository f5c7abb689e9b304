using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Operations;
using Net.Controller.Plans;
using Net.Controller.Recovery;
using Net.Controller.Requests;
using Net.Controller.Stores;
using Net.Controller.Watches;

namespace Net.Controller;

/// <summary>The one door to networks, endpoints and sandboxes: every method is one operation, and all that change something go one after the other.</summary>
/// <remarks>
/// References are a full id, an exact name or a unique id prefix, in this order. Safe to call from several threads. Every operation that fails leaves
/// everything as it was. Throws <see cref="CnmException"/> only: NotFound for an unknown reference, InvalidParameter for an ambiguous one.
/// </remarks>
public sealed partial class NetworkController : IAsyncDisposable
{
    private readonly ControllerParts _parts;
    private readonly StopSandbox _stop;

    /// <summary>Puts the parts together; nothing happens before <see cref="RecoverAsync"/>.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="model">The model, empty: the controller fills it and alone writes it from then on.</param>
    /// <param name="store">Where the model is kept; the caller disposes of it after the controller.</param>
    /// <param name="drivers">The network drivers, <c>bridge</c>, <c>host</c> and <c>null</c> among them.</param>
    /// <param name="ipamDrivers">The IPAM drivers, <c>default</c> among them.</param>
    /// <param name="engine">The kernel.</param>
    /// <param name="processes">The shims.</param>
    /// <param name="log">What happens in the background.</param>
    /// <param name="time">The clock.</param>
    public NetworkController(
        ControllerOptions options,
        CnmModel model,
        INetctlStore store,
        IReadOnlyList<INetworkDriver> drivers,
        IReadOnlyList<IIpamDriver> ipamDrivers,
        IDesiredStateEngine engine,
        ISandboxProcesses processes,
        IControllerLog log,
        TimeProvider time)
    {
        var driverTable = new DriverTable(drivers);
        var paths = new SandboxPaths(options.ExecRoot);
        var planner = new Planner(driverTable, paths, options.DnsServers);
        Dictionary<string, IIpamDriver> ipam = ipamDrivers.ToDictionary(d => d.Name, StringComparer.Ordinal);
        _parts = new ControllerParts
        {
            Options = options,
            Model = model,
            Store = store,
            Drivers = driverTable,
            IpamDrivers = ipam,
            Planner = planner,
            Paths = paths,
            Engine = engine,
            Processes = processes,
            Queue = new OperationQueue(),
            Runner = new OperationRunner(
                model, store, planner, engine, ipam, new HostResolver(options.HostResolver, log), log, () => LeftBehind?.Invoke()),
            Endpoints = new EndpointChoices(driverTable),
            Stacks = new StackChoices(driverTable, planner, options.PortRange),
            Watches = new ExitWatches(processes, (id, state) => EndSandbox.RunAsync(_parts!, id, state), log),
            Log = log,
            Time = time,
        };
        _stop = new StopSandbox(_parts);
    }

    /// <summary>Raised when something could not be removed from the kernel, such as a rule while the firewall's program fails; <see cref="MendAsync"/> removes it once that is possible.</summary>
    /// <remarks>Raised with the turn held: do not call an operation from it.</remarks>
    public event Action? LeftBehind;

    /// <summary>Everything as it is at this moment, for reading; it does not change any more.</summary>
    public ModelSnapshot Snapshot => _parts.Model.Current;

    /// <summary>All networks, by name.</summary>
    public IReadOnlyList<Network> Networks => Snapshot.Networks;

    /// <summary>All containers, the newest first.</summary>
    public IReadOnlyList<Sandbox> Sandboxes => Snapshot.Sandboxes;

    /// <summary>The network of this reference.</summary>
    public Network FindNetwork(string reference) => Snapshot.FindNetwork(reference);

    /// <summary>The container of this reference.</summary>
    public Sandbox FindSandbox(string reference) => Snapshot.FindSandbox(reference);

    /// <summary>The endpoints of a container in the order of connection.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(SandboxId sandbox) => Snapshot.EndpointsOf(sandbox);

    /// <summary>Brings store, kernel and processes together; call once, first. Traffic of running containers is not interrupted.</summary>
    public Task<RecoverySummary> RecoverAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => new StartRecovery(_parts).RunAsync(cancellationToken), cancellationToken);

    /// <summary>Creates a network.</summary>
    public Task<Network> CreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) =>
        RunNewAsync(new CreateNetwork(request, _parts.Drivers, _parts.Time), cancellationToken);

    /// <summary>What <see cref="CreateNetworkAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainCreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(new CreateNetwork(request, _parts.Drivers, _parts.Time), cancellationToken);

    /// <summary>Removes a network without endpoints and returns what it was.</summary>
    public Task<Network> RemoveNetworkAsync(string reference, CancellationToken cancellationToken) =>
        RunAsync(new RemoveNetwork(reference), cancellationToken);

    /// <summary>What <see cref="RemoveNetworkAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainRemoveNetworkAsync(string reference, CancellationToken cancellationToken) =>
        ExplainAsync(new RemoveNetwork(reference), cancellationToken);

    /// <summary>Joins a container to one more network.</summary>
    public Task<Endpoint> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        RunAsync(new ConnectSandbox(request, _parts.Endpoints, _parts.Stacks), cancellationToken);

    /// <summary>What <see cref="ConnectAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainConnectAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(new ConnectSandbox(request, _parts.Endpoints, _parts.Stacks), cancellationToken);

    /// <summary>Takes a container off a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sandbox">The container.</param>
    /// <param name="force">Whether it is no error when the container is not on the network.</param>
    public Task DisconnectAsync(string network, string sandbox, bool force, CancellationToken cancellationToken) =>
        RunAsync(new DisconnectSandbox(network, sandbox, force, _parts.Stacks), cancellationToken);

    /// <summary>What <see cref="DisconnectAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainDisconnectAsync(string network, string sandbox, bool force, CancellationToken cancellationToken) =>
        ExplainAsync(new DisconnectSandbox(network, sandbox, force, _parts.Stacks), cancellationToken);

    /// <summary>Creates a container with its network stack, its command not started.</summary>
    public Task<SandboxCreated> CreateSandboxAsync(SandboxCreateRequest request, CancellationToken cancellationToken) =>
        RunNewAsync(NewSandbox(request), cancellationToken);

    /// <summary>What <see cref="CreateSandboxAsync"/> would do, as commands. Starting the command adds nothing to the network; it is not among them.</summary>
    public Task<IReadOnlyList<string>> ExplainCreateSandboxAsync(SandboxCreateRequest request, CancellationToken cancellationToken) =>
        ExplainAsync(NewSandbox(request), cancellationToken);

    /// <summary>Starts a container's command; for one that had ended its network stack is made first. One that runs already stays as it is.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="attach">Whether to connect to its streams from the first byte on.</param>
    /// <returns>The streams, or null without <paramref name="attach"/>.</returns>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable: the container is as it was before. Conflict: it has no command.</exception>
    public Task<IProcessStreams?> StartSandboxAsync(string reference, bool attach, CancellationToken cancellationToken) =>
        new StartSandbox(_parts).RunAsync(reference, attach, cancellationToken);

    /// <summary>What <see cref="StartSandboxAsync"/> would do, as commands: something only for a container whose command had ended.</summary>
    public Task<IReadOnlyList<string>> ExplainStartSandboxAsync(string reference, CancellationToken cancellationToken)
    {
        Sandbox sandbox = FindSandbox(reference);
        return sandbox.State == SandboxState.Running
            ? Task.FromResult<IReadOnlyList<string>>([])
            : ExplainAsync(new PrepareStart(sandbox.Id, _parts.Endpoints, _parts.Stacks), cancellationToken);
    }

    /// <summary>Ends a container's command and all it left running, and gives addresses and ports back. Nothing happens when it does not run.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="grace">How long it has before SIGKILL.</param>
    /// <param name="signal">The first signal; null for SIGTERM.</param>
    public Task StopSandboxAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken) =>
        _stop.RunAsync(reference, grace, signal, cancellationToken);

    /// <summary>What <see cref="StopSandboxAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainStopSandboxAsync(string reference, CancellationToken cancellationToken)
    {
        var unknownEnd = new SandboxProcessState(ShimAlive: false, null, null, null, null);
        return ExplainAsync(new ExitSandbox(FindSandbox(reference).Id, unknownEnd, _parts.Time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Sends a signal to a running container's command.</summary>
    /// <exception cref="CnmException">Conflict: it does not run.</exception>
    public Task SignalSandboxAsync(string reference, int signal, CancellationToken cancellationToken)
    {
        Sandbox sandbox = FindSandbox(reference);
        return sandbox.State == SandboxState.Running
            ? _parts.Processes.SignalAsync(sandbox.Id, signal, cancellationToken)
            : throw ExecInSandbox.NotRunning(sandbox);
    }

    /// <summary>Removes a container.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">Whether a running one is killed first; otherwise that is a Conflict.</param>
    public Task RemoveSandboxAsync(string reference, bool force, CancellationToken cancellationToken) =>
        new DestroySandbox(_parts, _stop).RunAsync(reference, force, cancellationToken);

    /// <summary>What <see cref="RemoveSandboxAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainRemoveSandboxAsync(string reference, bool force, CancellationToken cancellationToken) =>
        ExplainAsync(new RemoveSandbox(reference, evenRunning: force), cancellationToken);

    /// <summary>Waits until a container does not run, and gives its exit code; 0 for one that never ran.</summary>
    public Task<int> WaitSandboxAsync(string reference, CancellationToken cancellationToken) => _stop.WaitAsync(reference, cancellationToken);

    /// <summary>Connects to the streams of a container's command: first what it wrote so far. Conflict for one that was never started.</summary>
    public Task<IProcessStreams> AttachAsync(string reference, CancellationToken cancellationToken)
    {
        Sandbox sandbox = FindSandbox(reference);
        return sandbox.State == SandboxState.Created
            ? throw ExecInSandbox.NotRunning(sandbox)
            : _parts.Processes.AttachAsync(sandbox.Id, cancellationToken);
    }

    /// <summary>Runs one more command in a container that is Created or Running. Environment variables that are not given come from the container.</summary>
    public Task<IProcessStreams> ExecAsync(string reference, ProcessConfig command, CancellationToken cancellationToken) =>
        new ExecInSandbox(_parts).RunAsync(reference, command, cancellationToken);

    /// <summary>The lines that a container's command wrote, oldest first. NotFound is thrown at once, not at the first line.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="follow">Whether to go on until it ends.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(string reference, bool follow, CancellationToken cancellationToken) =>
        _parts.Processes.ReadLogAsync(FindSandbox(reference).Id, follow, cancellationToken);

    /// <summary>Holds everything that should be against what is, changing nothing.</summary>
    public Task<StateDifference> DiffAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(Mending.Look(_parts)), cancellationToken);

    /// <summary>Makes good what <see cref="DiffAsync"/> finds.</summary>
    public Task<MendingReport> MendAsync(CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        async () =>
        {
            (StateDifference found, IReadOnlyList<string> problems) = Mending.Run(_parts);
            if (problems.Count == 0)
            {
                await Mending.BuryAsync(_parts);
            }

            return new MendingReport(found, found.IsEmpty ? found : Mending.Look(_parts), problems);
        },
        cancellationToken);

    /// <summary>Makes the firewall's rules what they should be, after another program has changed them. Nothing else is looked at.</summary>
    /// <returns>Whether anything had to be changed.</returns>
    /// <exception cref="CnmException">Unavailable, Internal: the rules were refused, and are as they were.</exception>
    public Task<bool> MendFirewallAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(FirewallMending.Run(_parts)), cancellationToken);

    /// <summary>Kills and removes every container, removes every network, predefined ones too, and puts the host's settings back to their prior values.</summary>
    /// <returns>What could not be removed or put back, in words.</returns>
    /// <remarks>The predefined networks come again with the next network or container, or with <see cref="RecoverAsync"/> of the next daemon.</remarks>
    public Task<IReadOnlyList<string>> ResetAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => new SystemReset(_parts).RunAsync(cancellationToken), cancellationToken);

    /// <summary>Stops watching; containers and their network go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _parts.Watches.DisposeAsync();
        await _parts.Queue.DisposeAsync();
    }

    // What makes something new counts on the predefined networks, which a reset may have removed.
    private Task<T> RunNewAsync<T>(IOperation<T> operation, CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        async () =>
        {
            await PredefinedNetworks.MakeMissingAsync(_parts, cancellationToken);
            return await _parts.Runner.RunAsync(operation, cancellationToken);
        },
        cancellationToken);

    private Task<T> RunAsync<T>(IOperation<T> operation, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => _parts.Runner.RunAsync(operation, cancellationToken), cancellationToken);

    private Task<IReadOnlyList<string>> ExplainAsync<T>(IOperation<T> operation, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(
            async () => (await _parts.Runner.ExplainAsync(operation, cancellationToken)).Commands,
            cancellationToken);

    private CreateSandbox NewSandbox(SandboxCreateRequest request) =>
        new(request, _parts.Endpoints, _parts.Stacks, _parts.Planner, _parts.Options, _parts.Time);
}
