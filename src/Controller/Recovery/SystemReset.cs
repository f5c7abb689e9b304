using Net.Cnm.Identifiers;
using Net.Controller.Lifecycles;
using Net.Controller.Operations;

namespace Net.Controller.Recovery;

/// <summary>Removes everything that this program has made, and restores the host's settings.</summary>
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

        parts.Store.AcceptLoss(); // nothing is left that the model does not know
        return [.. problems, .. parts.Engine.Reset()];
    }
}
