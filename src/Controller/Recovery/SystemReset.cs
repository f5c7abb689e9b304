using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;
using Net.Controller.Operations;

namespace Net.Controller.Recovery;

/// <summary>Takes everything away that this program ever made, and puts the host's settings back.</summary>
internal sealed class SystemReset(ControllerParts parts)
{
    /// <summary>Does it with the turn held; collects what does not work in place of stopping at it.</summary>
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

        return [.. problems, .. parts.Engine.Reset()];
    }
}
