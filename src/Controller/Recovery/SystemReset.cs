using Net.Cnm.Identifiers;
using Net.Controller.Lifecycles;
using Net.Controller.Operations;

namespace Net.Controller.Recovery;

/// <summary>Removes everything that this program has made, and restores the host's settings. The predefined networks exist again at once,
/// as after the first start; the kernel has nothing of them until something is made, so that a daemon that is stopped now leaves
/// nothing.</summary>
internal sealed class SystemReset(ControllerParts parts)
{
    /// <summary>Runs the reset inside the operation queue. It does not stop at an error.</summary>
    /// <returns>The errors, each a sentence.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (SandboxId id in parts.Model.Current.SandboxesById.Keys)
        {
            await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
        }

        IReadOnlyCollection<SandboxId> removed = [.. parts.Model.Current.SandboxesById.Keys];
        await parts.Runner.RunAsync(new RemoveEverything(), CancellationToken.None);
        foreach (SandboxId id in removed)
        {
            parts.Processes.RemoveFiles(id);
            parts.Watches.Remove(id);
        }

        List<string> problems = [.. parts.Engine.Mend(parts.Engine.Diff([]))];
        if (problems.Count == 0)
        {
            await Mending.FinishRemovalsAsync(parts);
        }

        problems.AddRange(parts.Engine.Reset());
        parts.Runner.KernelIsEmpty = true;
        await PredefinedNetworks.StoreMissingAsync(parts, CancellationToken.None);
        return problems;
    }
}
