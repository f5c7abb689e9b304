using Net.Linux.Processes;
using Net.Shims.States;

namespace Net.Shims.Pauses;

/// <summary>The processes of a sandbox whose shim runs: all that descend from the shim, which adopts those that lose their
/// parent.</summary>
internal static class SandboxTree
{
    /// <summary>Lists the processes, parents before their children. The shim itself is not included.</summary>
    internal static IReadOnlyList<ProcessStatus> Read(ShimRecord record) =>
        record.IsShimRunning ? ProcessTree.Descendants(ProcessStatus.ReadAll(), record.Shim.Id) : [];
}
