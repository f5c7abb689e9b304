using System.Collections.Concurrent;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Events;
using Net.Controller.Foreign;
using Net.Controller.HealthChecks;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Plugins;
using Net.Controller.Recovery;
using Net.Controller.Runners;
using Net.Controller.Stores;
using Net.Controller.Watches;

namespace Net.Controller;

/// <summary>The components of one controller, wired once by its constructor.</summary>
internal sealed record ControllerParts
{
    /// <summary>The settings.</summary>
    public required ControllerOptions Options { get; init; }

    /// <summary>The networks, endpoints and sandboxes.</summary>
    public required CnmModel Model { get; init; }

    /// <summary>The store.</summary>
    public required INetctlStore Store { get; init; }

    /// <summary>The network drivers.</summary>
    public required DriverDirectory Drivers { get; init; }

    /// <summary>The IPAM drivers.</summary>
    public required IpamDirectory IpamDrivers { get; init; }

    /// <summary>The planner.</summary>
    public required Planner Planner { get; init; }

    /// <summary>The paths of sandboxes' run-time files.</summary>
    public required SandboxPaths Paths { get; init; }

    /// <summary>The engine that changes the kernel.</summary>
    public required IDesiredStateEngine Engine { get; init; }

    /// <summary>The shims that hold commands.</summary>
    public required ISandboxProcesses Processes { get; init; }

    /// <summary>The queue that lets one operation run at a time.</summary>
    public required OperationQueue Queue { get; init; }

    /// <summary>Lets one start, stop or removal of a sandbox run at a time.</summary>
    public required Turns<SandboxId> Turns { get; init; }

    /// <summary>The sandboxes whose <see cref="Net.Cnm.Sandboxes.Sandbox.EndedFor"/> could not be taken out of the store when their
    /// operation had failed.</summary>
    public ConcurrentDictionary<SandboxId, bool> StalePurposes { get; } = new();

    /// <summary>Runs and explains operations.</summary>
    public required OperationRunner Runner { get; init; }

    /// <summary>Chooses what a new endpoint has.</summary>
    public required EndpointChoices Endpoints { get; init; }

    /// <summary>Chooses what depends on all endpoints of a sandbox.</summary>
    public required StackChoices Stacks { get; init; }

    /// <summary>The tasks that wait for commands to exit.</summary>
    public required ExitWatches Watches { get; init; }

    /// <summary>The clients that wait for the start of a command.</summary>
    public required AwaitedStarts AwaitedStarts { get; init; }

    /// <summary>Waits for the moments at which restart policies start sandboxes.</summary>
    public required RestartSchedule Restarts { get; init; }

    /// <summary>Probes the sandboxes that have a probe.</summary>
    public required HealthMonitors Health { get; init; }

    /// <summary>Follows further commands to their end.</summary>
    public required Executions Executions { get; init; }

    /// <summary>Counts what is put back into sandboxes.</summary>
    public required MendLimit MendLimit { get; init; }

    /// <summary>The same for what the daemon mends by itself, which does not count against a person who asks for it.</summary>
    public required MendLimit DriftLimit { get; init; }

    /// <summary>Lets one talk with plug-ins about an endpoint run at a time.</summary>
    public required Turns<EndpointId> EndpointTurns { get; init; }

    /// <summary>Lets one talk with plug-ins about a network run at a time.</summary>
    public required Turns<NetworkId> NetworkTurns { get; init; }

    /// <summary>What plug-ins have yet to be told again after the start of the daemon.</summary>
    public required IpamReplays Replays { get; init; }

    /// <summary>The talks with plug-ins that are under way.</summary>
    public required PluginTalks Talks { get; init; }

    /// <summary>Says that a plug-in has yet to be told something.</summary>
    public required Action PluginsLeftBehind { get; init; }

    /// <summary>What other programs have no use for any more.</summary>
    public required ForeignFarewells ForeignFarewells { get; init; }

    /// <summary>The endpoints that another program is about to take.</summary>
    public required ForeignJoins ForeignJoins { get; init; }

    /// <summary>The addresses that another program has reserved since both programs run.</summary>
    public required ForeignTakings ForeignTakings { get; init; }

    /// <summary>The endpoints of another program that were removed because their containers had ended.</summary>
    public ForeignLost ForeignLost { get; } = new();

    /// <summary>Says that something is left to do later.</summary>
    public required Action LeftBehind { get; init; }

    /// <summary>Receives what happens.</summary>
    public required EventJournal Events { get; init; }

    /// <summary>Receives warnings about work in the background.</summary>
    public required IControllerLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Tells of something that happens to a sandbox and changes nothing in the model.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="action">Docker's word for it.</param>
    /// <param name="further">Further attributes.</param>
    public void Tell(Sandbox sandbox, string action, params (string Name, string Value)[] further) =>
        Events.Add(ModelEvents.Of(sandbox, action, Time.GetUtcNow(), further));
}
