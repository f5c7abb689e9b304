using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Events;
using Net.Controller.Foreign;
using Net.Controller.Lifecycles;
using Net.Controller.Models;

namespace Net.Controller.Recovery;

/// <summary>Puts the model of a backup in the place of what there is: the store gets it in one change, and then the daemon recovers as if
/// it had been started with that store. A container that the backup has too and that runs goes on; what it does not have is ended and
/// removed; what ran when the backup was made is started again where its restart policy says so, as after a boot.</summary>
internal sealed class SystemRestore(ControllerParts parts)
{
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs the restore. It waits for the life cycles of all containers, such as a start that waits for a plug-in, and then takes
    /// its turn in the operation queue.</summary>
    /// <param name="backup">The backup's model.</param>
    /// <param name="cancellationToken">Ends the waiting; a restore that has begun is carried to its end.</param>
    /// <returns>What could not be restored, each a sentence.</returns>
    /// <exception cref="CnmException">Conflict: the backup collides with what other programs have, or with the default network of this
    /// daemon, or a container is being started, stopped or removed for over 30 seconds. Unavailable: the store cannot be written. Nothing
    /// has changed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(ModelSnapshot backup, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? warnings = null;
        while (warnings is null)
        {
            HashSet<SandboxId> all = AllWith(backup);
            warnings = await parts.Turns.RunAllAsync<IReadOnlyList<string>?>(
                all,
                () => parts.Queue.RunAsync<IReadOnlyList<string>?>(
                    async () => AllWith(backup).IsSubsetOf(all) ? await ReplaceAsync(backup) : null, CancellationToken.None),
                TurnLimit,
                Refusal,
                cancellationToken);
        }

        await StartDueAsync(cancellationToken);
        return warnings;
    }

    // Who asks next sees what runs now. One that takes long is started nevertheless.
    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        IEnumerable<Sandbox> due = parts.Model.Current.Sandboxes.Where(sandbox => sandbox.IsRestarting);
        var restart = new PolicyRestart(parts);
        try
        {
            await Task.WhenAll(due.Select(sandbox => restart.RunAsync(sandbox, cancellationToken)))
                .WaitAsync(StartLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }

    private CnmException Refusal(SandboxId busy) => new(
        CnmErrorKind.Conflict,
        $"containers are being started, stopped or removed for more than {TurnLimit.TotalSeconds:0} s, now "
            + $"{parts.Model.Current.Find(busy)?.Name ?? busy.Short}: wait until that has ended, or end it with netctl kill, then restore "
            + "again");

    private HashSet<SandboxId> AllWith(ModelSnapshot backup) =>
        [.. parts.Model.Current.SandboxesById.Keys, .. backup.SandboxesById.Keys];

    private async Task<IReadOnlyList<string>> ReplaceAsync(ModelSnapshot backup)
    {
        ModelSnapshot before = parts.Model.Current;
        List<string> warnings = [];
        ModelSnapshot after = RestoredModel.Of(before, backup, warnings);
        PredefinedNetworks.RequireRoom(parts, after);
        parts.Store.RequireWritable();
        parts.Runner.Replace(after);
        parts.Store.AcceptLoss(); // what the backup does not have is not wanted
        await ReleaseAddressesAsync(before);
        parts.Runner.KernelIsEmpty = false;
        RecoverySummary summary = await new StartRecovery(parts).RunAsync(CancellationToken.None);
        foreach (SandboxId id in before.SandboxesById.Keys.Where(id => !after.SandboxesById.ContainsKey(id)))
        {
            parts.Watches.Remove(id, before[id].HasNetworkStack ? 128 + Signals.Kill : before[id].ExitCode ?? 0);
        }

        if (summary.NeedsRetry)
        {
            parts.LeftBehind();
            parts.PluginsLeftBehind();
        }

        parts.Events.Add(new CnmEvent(
            EventKind.Daemon,
            "restore",
            parts.Options.HostName,
            parts.Time.GetUtcNow(),
            new Dictionary<string, string> { ["name"] = parts.Options.HostName }));
        return [.. warnings, .. summary.Problems];
    }

    // The recovery restores those that are in use.
    private async Task ReleaseAddressesAsync(ModelSnapshot model)
    {
        foreach (ForeignPool pool in model.ForeignPools.Values)
        {
            await parts.IpamDrivers.Require(ForeignNames.IpamDriver).ReleasePoolAsync(pool.Pool, CancellationToken.None);
        }

        foreach (Network network in model.Networks.Concat(model.Tombstones.Select(tombstone => tombstone.Network).OfType<Network>())
            .Where(network => parts.IpamDrivers.IsBuiltIn(network.IpamDriver)))
        {
            foreach (AddressPool pool in network.Pools)
            {
                await parts.IpamDrivers.Require(network.IpamDriver).ReleasePoolAsync(pool, CancellationToken.None);
            }
        }
    }
}
