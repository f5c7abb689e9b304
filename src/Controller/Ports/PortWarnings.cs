using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Plans;

namespace Net.Controller.Ports;

/// <summary>Warns of requested ports that are not published although nothing failed. The text is Docker's where Docker has one.</summary>
internal static class PortWarnings
{
    /// <summary>The warnings for ports that are published now, at most one.</summary>
    public static IReadOnlyList<string> Of(ModelSnapshot model, Sandbox sandbox, Planner planner) =>
        sandbox is { HasNetworkStack: false, Mode: NetworkMode.Own }
            ? [$"container {sandbox.Name} does not run: its ports are published when it is started"]
            : OfStart(model, sandbox, planner);

    /// <summary>The warnings for ports that are published when the sandbox is started, at most one.</summary>
    public static IReadOnlyList<string> OfStart(ModelSnapshot model, Sandbox sandbox, Planner planner) => sandbox switch
    {
        { Mode: NetworkMode.Host } => ["Published ports are discarded when using host network mode"],
        { Mode: NetworkMode.Container } => ["Published ports are discarded when using the network of another container"],
        { Mode: NetworkMode.None } => ["Published ports are discarded when using network none"],
        _ when planner.PortCarriers(model, sandbox.Id).Any is null =>
            ["Published ports wait until the container is connected to a bridge network that is not internal"],
        _ => [],
    };
}
