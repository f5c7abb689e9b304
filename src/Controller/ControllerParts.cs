using Net.Cnm.DesiredState;
using Net.Cnm.Ipam;
using Net.Cnm.Processes;
using Net.Controller.Choices;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Runners;
using Net.Controller.Stores;
using Net.Controller.Watches;

namespace Net.Controller;

/// <summary>The parts of one controller, put together once.</summary>
internal sealed record ControllerParts
{
    /// <summary>The settings.</summary>
    public required ControllerOptions Options { get; init; }

    /// <summary>The live objects.</summary>
    public required CnmModel Model { get; init; }

    /// <summary>The store.</summary>
    public required INetctlStore Store { get; init; }

    /// <summary>The network drivers.</summary>
    public required DriverTable Drivers { get; init; }

    /// <summary>The IPAM drivers by name.</summary>
    public required IReadOnlyDictionary<string, IIpamDriver> IpamDrivers { get; init; }

    /// <summary>The planner.</summary>
    public required Planner Planner { get; init; }

    /// <summary>Where a sandbox's files are.</summary>
    public required SandboxPaths Paths { get; init; }

    /// <summary>The kernel.</summary>
    public required IDesiredStateEngine Engine { get; init; }

    /// <summary>The shims.</summary>
    public required ISandboxProcesses Processes { get; init; }

    /// <summary>One after the other.</summary>
    public required OperationQueue Queue { get; init; }

    /// <summary>Carries operations out.</summary>
    public required OperationRunner Runner { get; init; }

    /// <summary>Choices for endpoints.</summary>
    public required EndpointChoices Endpoints { get; init; }

    /// <summary>Choices for whole sandboxes.</summary>
    public required StackChoices Stacks { get; init; }

    /// <summary>Who waits for commands to end.</summary>
    public required ExitWatches Watches { get; init; }

    /// <summary>What happens in the background.</summary>
    public required IControllerLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
