using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Events;
using Net.Controller.Foreign;
using Net.Controller.HealthChecks;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Plans;
using Net.Controller.Plugins;
using Net.Controller.Recovery;
using Net.Controller.Requests;
using Net.Controller.Runners;
using Net.Controller.Stores;
using Net.Controller.Watches;

namespace Net.Controller;

/// <summary>Owns all networks, endpoints and sandboxes. Changes run one after the other.</summary>
/// <remarks>
/// A reference is a full id, an exact name or a unique id prefix, in this order. Safe to call from several threads. A change that fails
/// leaves everything as it was. Methods throw <see cref="CnmException"/>: NotFound for an unknown reference, InvalidParameter for an
/// ambiguous one.
/// </remarks>
public sealed partial class NetworkController : IAsyncDisposable
{
    private readonly ControllerParts _parts;
    private readonly SandboxStop _stop;

    /// <summary>Puts the parts together; nothing happens before <see cref="RecoverAsync"/>.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="model">The model, empty: the controller fills it and alone writes it from then on.</param>
    /// <param name="store">Where the model is kept; the caller disposes of it after the controller.</param>
    /// <param name="drivers">The network drivers, <c>bridge</c>, <c>host</c> and <c>null</c> among them.</param>
    /// <param name="ipamDrivers">The IPAM drivers, <c>default</c> among them.</param>
    /// <param name="plugins">The drivers that are plug-ins.</param>
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
        IPluginDirectory plugins,
        IDesiredStateEngine engine,
        ISandboxProcesses processes,
        IControllerLog log,
        TimeProvider time)
    {
        var directory = new DriverDirectory(drivers, plugins);
        var paths = new SandboxPaths(new ExecRoot(options.ExecRoot));
        var planner = new Planner(directory, paths, options.Resolver, options.HostGateways);
        var ipam = new IpamDirectory(ipamDrivers, plugins);
        _parts = new ControllerParts
        {
            Options = options,
            Model = model,
            Store = store,
            Drivers = directory,
            IpamDrivers = ipam,
            Planner = planner,
            Paths = paths,
            Engine = engine,
            Processes = processes,
            Queue = new OperationQueue(time),
            Turns = new Turns<SandboxId>(),
            Talks = new PluginTalks(time),
            EndpointTurns = new Turns<EndpointId>(),
            NetworkTurns = new Turns<NetworkId>(),
            Replays = new IpamReplays(),
            ForeignFarewells = new ForeignFarewells(),
            ForeignJoins = new ForeignJoins(time),
            ForeignTakings = new ForeignTakings(time.GetUtcNow()),
            Runner = new OperationRunner(
                model,
                store,
                planner,
                engine,
                ipam,
                new HostResolver(options.HostResolver, log),
                log,
                Events,
                time,
                change => _parts!.Health.Follow(change),
                () => LeftBehind?.Invoke()),
            Events = Events,
            Endpoints = new EndpointChoices(directory),
            Stacks = new StackChoices(directory, planner, options.PortRange),
            MendLimit = new MendLimit(time),
            DriftLimit = new MendLimit(time),
            Watches = new ExitWatches(processes, (id, state) => SandboxExit.RunAsync(_parts!, id, state), log, time),
            Executions = new Executions(),
            AwaitedStarts = new AwaitedStarts(),
            PluginsLeftBehind = () => PluginsLeftBehind?.Invoke(),
            LeftBehind = () => LeftBehind?.Invoke(),
            Health = new HealthMonitors(ProbeAsync, TellOfHealth, time),
            Restarts = new RestartSchedule((due, stop) => new PolicyRestart(_parts!).RunAsync(due, stop), log, time),
            Log = log,
            Time = time,
        };
        _stop = new SandboxStop(_parts);
        Foreign = new ForeignDriver(_parts);
        ForeignIpam = new ForeignIpam(_parts);
    }

    /// <summary>Raised when something could not be removed from the kernel, such as a rule while the firewall's program fails, or not be
    /// made there because of what a container has done to its own namespace. <see cref="MendKernelAsync(CancellationToken)"/> does it once
    /// that is possible.</summary>
    /// <remarks>Raised inside the operation queue: a handler must not wait for an operation.</remarks>
    public event Action? LeftBehind;

    /// <summary>Raised when a plug-in could not be told something, or has to make a link again. <see cref="MendAsync"/> does it once it
    /// answers.</summary>
    /// <remarks>As for <see cref="LeftBehind"/>.</remarks>
    public event Action? PluginsLeftBehind;

    /// <summary>What has happened to networks and containers, and what happens.</summary>
    public EventJournal Events { get; } = new();

    /// <summary>The network driver that another program has in this controller.</summary>
    public ForeignDriver Foreign { get; }

    /// <summary>The IPAM driver that another program has in this controller.</summary>
    public ForeignIpam ForeignIpam { get; }

    /// <summary>What was lost of the store, and why; null when it held all that was stored. Known once <see cref="RecoverAsync"/> has read
    /// it.</summary>
    public StoreLoss? StoreLoss => _parts.Store.Loss;

    /// <summary>An immutable snapshot of everything as it is at this moment.</summary>
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

    /// <summary>Makes store, kernel and processes agree. Call it once, before anything else. Traffic of running containers is not
    /// interrupted.</summary>
    public Task<RecoverySummary> RecoverAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => new StartRecovery(_parts).RunAsync(cancellationToken), cancellationToken);

    /// <summary>Sends a signal to a running container's command.</summary>
    /// <exception cref="CnmException">Conflict: the command does not run.</exception>
    public Task SignalSandboxAsync(string reference, int signal, CancellationToken cancellationToken)
    {
        Sandbox sandbox = FindSandbox(reference);
        return new SandboxKill(_parts).RunAsync(sandbox, signal, cancellationToken);
    }

    /// <summary>Holds up all processes of a running container; its network stays as it is.</summary>
    /// <exception cref="CnmException">Conflict: it does not run, or is paused. Unavailable: a process does not stop; all go on.</exception>
    public Task PauseSandboxAsync(string reference, CancellationToken cancellationToken) =>
        new SandboxPause(_parts).PauseAsync(reference, cancellationToken);

    /// <summary>Lets the processes of a paused container go on.</summary>
    /// <exception cref="CnmException">Conflict: it is not paused.</exception>
    public Task UnpauseSandboxAsync(string reference, CancellationToken cancellationToken) =>
        new SandboxPause(_parts).UnpauseAsync(reference, cancellationToken);

    /// <summary>The processes of a running container in the daemon's PID namespace: its shim first, then its commands and what they have
    /// started.</summary>
    /// <exception cref="CnmException">Conflict: it does not run.</exception>
    public IReadOnlyList<int> ProcessesOf(Sandbox sandbox) => sandbox.IsRestarting
        ? throw new CnmException(CnmErrorKind.Conflict, $"Container {sandbox.Id} is restarting, wait until the container is running")
        : sandbox.State != SandboxState.Running
        ? throw new CnmException(CnmErrorKind.Conflict, $"container {sandbox.Id} is not running")
        : _parts.Processes.ReadProcessIds(sandbox.Id);

    /// <summary>Tells that the processes of a container were listed for a user.</summary>
    public void TellOfListing(Sandbox sandbox) => _parts.Tell(sandbox, "top");

    /// <summary>Stops a container as <see cref="StopSandbox"/> does and starts it again, one with <c>--rm</c> too; one that does not run is
    /// only started. It is carried to its end.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="grace">How long it has before SIGKILL.</param>
    /// <param name="signal">The first signal; null for SIGTERM.</param>
    public Task RestartSandboxAsync(string reference, TimeSpan grace, int? signal) =>
        new SandboxRestart(_parts, _stop).RunAsync(reference, grace, signal, CancellationToken.None);

    /// <summary>What follows the exit of the command that runs in a container now, not of one that is started after it.</summary>
    /// <returns>Gives, each time it is called, a task that ends when all that follows the exit has been done; its result is the exit
    /// code.</returns>
    public Func<Task<int>> WatchExit(SandboxId sandbox) => _parts.Watches.Follow(sandbox);

    /// <summary>Begins to wait until something becomes of a container. What happens after this has returned is not missed.</summary>
    /// <returns>A task that gives the exit code of the container's last command, once it has happened; 0 for a container that was never
    /// started.</returns>
    public Task<Task<int>> BeginWaitAsync(string reference, WaitCondition condition, CancellationToken cancellationToken) =>
        new SandboxWait(_parts).BeginAsync(reference, condition, cancellationToken);

    /// <summary>Waits until a container does not run.</summary>
    /// <returns>The exit code of its last command; 0 for a container that was never started.</returns>
    public async Task<int> WaitSandboxAsync(string reference, CancellationToken cancellationToken) =>
        await await BeginWaitAsync(reference, WaitCondition.NotRunning, cancellationToken);

    /// <summary>Connects to the streams of a container's command.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="fromStart">Whether from the first byte that it wrote, also when it has ended by now; otherwise it must run, and only
    /// what it writes from now on is read.</param>
    /// <exception cref="CnmException">Conflict: the command was never started, does not run, or is paused.</exception>
    public Task<IProcessStreams> AttachAsync(string reference, bool fromStart, CancellationToken cancellationToken) =>
        new SandboxAttachment(_parts).RunAsync(reference, fromStart, cancellationToken);

    /// <summary>Connects to the streams of the command that runs in a container, of which only what it writes from now on is read; or,
    /// where none runs, of the one that is started next, from its first byte on.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="cancellationToken">Ends the connecting, and the waiting of the task that is returned.</param>
    /// <returns>A task that ends when the command runs. Until then the connection is not missed by its start.</returns>
    /// <exception cref="CnmException">Conflict: the container is paused or restarting, or has no command.</exception>
    public Task<Task<IProcessStreams>> BeginAttachAsync(string reference, CancellationToken cancellationToken) =>
        new SandboxAttachment(_parts).BeginAsync(reference, cancellationToken);

    /// <summary>Tells the terminal of a container's command its size.</summary>
    /// <exception cref="CnmException">Conflict: the command does not run.</exception>
    public Task ResizeAsync(string reference, TerminalSize size, CancellationToken cancellationToken) =>
        new SandboxAttachment(_parts).ResizeAsync(reference, size, cancellationToken);

    /// <summary>Tells that a further command is to be run in a running container by <see cref="ExecAsync"/>.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="id">The id of this run of the command.</param>
    /// <param name="command">The command.</param>
    public void AnnounceExec(string reference, string id, ProcessConfig command) =>
        new SandboxExec(_parts).Announce(reference, id, command);

    /// <summary>Runs one more command in a running container. It inherits the container's environment variables.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="id">The id of this run of the command.</param>
    /// <param name="command">The command.</param>
    /// <param name="onEnd">Called once with the exit code when the command has ended, also after the streams were closed; null for
    /// nobody.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public Task<IProcessStreams> ExecAsync(
        string reference, string id, ProcessConfig command, Action<int>? onEnd, CancellationToken cancellationToken) =>
        new SandboxExec(_parts).RunAsync(reference, id, command, onEnd, cancellationToken);

    /// <summary>The lines that a container's command wrote, oldest first. NotFound is thrown at once, not at the first line.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="query">Which lines.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(string reference, LogQuery query, CancellationToken cancellationToken) =>
        _parts.Processes.ReadLogAsync(FindSandbox(reference).Id, query, cancellationToken);

    /// <summary>Writes the resolv.conf of every container as it follows from the host's now. A file that its container has edited
    /// stays.</summary>
    /// <exception cref="CnmException">A file could not be written; none has changed.</exception>
    public Task FollowHostResolverAsync(CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        () =>
        {
            // What the files hold now is the engine's to find out: it leaves those that are right, and those that were edited.
            IReadOnlyList<SandboxFile> files = _parts.Planner.PlanResolverFiles(Snapshot, _parts.Runner.ReadHost());
            IEnumerable<(DesiredObject, DesiredObject)> written =
                files.Select(file => ((DesiredObject)(file with { Content = "" }), (DesiredObject)file));
            var change = new StateChange([], [.. written], []);
            return Task.FromResult(change.IsEmpty ? [] : _parts.Engine.Apply(change));
        },
        cancellationToken);

    /// <summary>Makes what follows from links that other programs have made, changed or removed since the last operation, while this
    /// program has forwarding on: each link of the host that would accept router advertisements goes on doing so, and the forwarding guard
    /// leaves bridges of other programs' guests alone. Nothing else is compared.</summary>
    /// <exception cref="CnmException">A setting could not be changed, such as that of a link that has gone meanwhile; or the firewall's
    /// rules could not, which are mended later.</exception>
    public Task FollowHostLinksAsync(CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        () =>
        {
            HostLinkFollowing.Run(_parts);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Kills and removes every container, removes every network, predefined ones too, and restores the host's
    /// settings to their prior values.</summary>
    /// <returns>What could not be removed or restored, each a sentence.</returns>
    /// <remarks>The predefined networks exist again when this returns. The kernel gets what belongs to them with the next network or
    /// container, or by <see cref="RecoverAsync"/> of the next daemon.</remarks>
    public Task<IReadOnlyList<string>> ResetAsync(CancellationToken cancellationToken) =>
        new SystemReset(_parts).RunAsync(cancellationToken);

    /// <summary>Writes all definitions to a new file, as they are at this moment: networks and containers, but those of Docker
    /// Engine.</summary>
    /// <param name="path">The file, which does not exist.</param>
    /// <exception cref="CnmException">Unavailable: it cannot be written.</exception>
    public void WriteBackup(string path) => StoreBackup.Write(path, RestoredModel.BackedUp(Snapshot), _parts.Log, _parts.Time);

    /// <summary>Makes all networks and containers as a backup has them, in place of those that there are; see
    /// <see cref="SystemRestore"/>.</summary>
    /// <param name="path">A copy of a backup of this version or an earlier one; it is changed.</param>
    /// <param name="cancellationToken">Ends the waiting for containers that are being started or stopped; what has begun is carried to its
    /// end.</param>
    /// <returns>What could not be restored, each a sentence.</returns>
    /// <exception cref="CnmException">InvalidParameter: it is no whole backup, or one of a later version. Conflict: it collides with what
    /// other programs have, or containers are being started or stopped. Unavailable: the store cannot be written. Nothing has
    /// changed.</exception>
    public Task<IReadOnlyList<string>> RestoreAsync(string path, CancellationToken cancellationToken)
    {
        ModelSnapshot backup = StoreBackup.Read(path);
        return new SystemRestore(_parts).RunAsync(backup, cancellationToken);
    }

    /// <summary>Ends when nothing is seen any more of what was removed so far. Operations do not wait for it.</summary>
    public Task FinishRemovalsAsync() => Task.Run(_parts.Engine.FinishRemovals);

    /// <summary>Ends what plug-ins are asked, since the daemon stops. What they were not told the next daemon tells them.</summary>
    public void EndTalks() => _parts.Talks.Stop();

    /// <summary>Stops watching commands; containers and their networks stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        _parts.Talks.Stop(); // the others may wait for a plug-in
        await _parts.Restarts.DisposeAsync();
        await _parts.Health.DisposeAsync();
        await _parts.Executions.DisposeAsync();
        _parts.ForeignFarewells.Dispose();
        await _parts.Watches.DisposeAsync();
        await _parts.Talks.DisposeAsync();
        await _parts.Queue.DisposeAsync();
        try
        {
            _parts.Runner.FinishRemovals();
        }
        catch (Exception error) when (error is CnmException or IOException)
        {
            // The disk is full, or the kernel refuses: the next start finishes them.
        }
    }
}
