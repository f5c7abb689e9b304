using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Events;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Plugins;

namespace Net.Controller.Recovery;

/// <summary>Removes everything that this program has made, and restores the host's settings. The predefined networks exist again at once,
/// as after the first start; the kernel has nothing of them until something is made, so that a daemon that is stopped now leaves
/// nothing.</summary>
internal sealed class SystemReset(ControllerParts parts)
{
    // packaging/retire.sh looks for these words in the log, and passes the warning on.
    private const string UntoldPrefix = "a plug-in was not told of what the reset has removed, and will not be: ";

    /// <summary>Runs the reset. What is removed is stored before the first command is ended, so that a reset that is broken off is carried
    /// to its end by the next daemon. It does not stop at an error, but for a store that cannot be written: then nothing is
    /// done.</summary>
    /// <returns>What is left on the host, each a sentence. What a plug-in could not be told is not among it but is logged: the host is
    /// clean, the plug-ins are forgotten, and another reset could not tell them either.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        parts.Store.RequireWritable();
        IReadOnlyList<string> problems = await parts.Queue.RunAsync(() => RemoveAsync(cancellationToken), cancellationToken);
        parts.Talks.BreakOffQuestions(); // nobody wants the answers any more
        foreach (string untold in await TellAsync(cancellationToken))
        {
            parts.Log.Warning($"{UntoldPrefix}{untold}");
        }

        await parts.Queue.RunAsync(() => parts.Runner.RunAsync(new ForgetPlugins(), CancellationToken.None), CancellationToken.None);
        parts.Events.Add(new CnmEvent(
            EventKind.Daemon,
            "reset",
            parts.Options.HostName,
            parts.Time.GetUtcNow(),
            new Dictionary<string, string> { ["name"] = parts.Options.HostName }));
        return problems;
    }

    // One patience for all plug-ins, as for every command.
    private async Task<IReadOnlyList<string>> TellAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<string>?> round = new PluginRound(parts).RunAsync(lost: [], cancellationToken);
        await parts.Talks.WaitAsync(round, parts.Talks.BeginPatience());
        return round.IsCompletedSuccessfully
            ? await round ?? []
            : [.. PluginWork.Of(parts.Model.Current).Networks.Select(network => $"no answer in time about network {network.Name}")];
    }

    private static int ExitCodeOf(Sandbox? before) =>
        before is { State: not SandboxState.Running } ended ? ended.ExitCode ?? 0 : 128 + Signals.Kill;

    // Those too that a lost store knew.
    private IReadOnlyCollection<SandboxId> All() => [.. parts.Model.Current.SandboxesById.Keys.Union(parts.Processes.ReadSandboxIds())];

    // Null, or why it could not be ended.
    private async Task<string?> TryStopAsync(SandboxId id, CancellationToken cancellationToken)
    {
        try
        {
            await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return error is CnmException ? error.Message : $"container {id.Short} cannot be ended: {error.Message}";
        }
    }

    // Null, or why something is left of it. It is ended once more: it may have been started meanwhile.
    private async Task<string?> TryForgetAsync(SandboxId id, Sandbox? before, CancellationToken cancellationToken)
    {
        string? problem = await TryStopAsync(id, cancellationToken);
        parts.Watches.Remove(id, ExitCodeOf(before));
        try
        {
            if (problem is null)
            {
                parts.Processes.RemoveFiles(id);
            }

            return problem;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"files of container {id.Short} cannot be removed: {error.Message}";
        }
    }

    private async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellationToken)
    {
        ModelSnapshot before = parts.Model.Current;
        IReadOnlyCollection<SandboxId> removed = All();
        await parts.Runner.RunAsync(new RemoveEverything(), CancellationToken.None);
        await Task.WhenAll(removed.Select(id => TryStopAsync(id, cancellationToken)));
        string?[] left = await Task.WhenAll(removed.Select(id => TryForgetAsync(id, before.Find(id), cancellationToken)));
        List<string> problems = [.. left.OfType<string>()];
        string[] unmended = [.. parts.Engine.Mend(parts.Engine.Diff([]))];
        problems.AddRange(unmended);
        if (unmended.Length == 0)
        {
            await Mending.FinishRemovalsAsync(parts);
        }

        parts.Store.AcceptLoss(); // nothing is left that the model does not know
        problems.AddRange(parts.Engine.Reset());
        parts.Runner.KernelIsEmpty = true;
        problems.AddRange(await PredefinedNetworks.StoreMissingAsync(parts, CancellationToken.None));
        return problems;
    }
}
