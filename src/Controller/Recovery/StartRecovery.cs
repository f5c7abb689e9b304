using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Recovery;

/// <summary>Makes store, processes and kernel agree at the start of a daemon. What is right already is not touched, so traffic is not
/// interrupted.</summary>
internal sealed class StartRecovery(ControllerParts parts)
{
    /// <summary>Runs the recovery, inside the operation queue and before any operation.</summary>
    public async Task<RecoverySummary> RunAsync(CancellationToken cancellationToken)
    {
        ModelSnapshot stored = parts.Store.Load();
        parts.Model.Publish(stored);
        RestoreAddresses(stored);
        List<string> unsaved = await MakePredefinedAsync(cancellationToken);
        (List<SandboxId> watched, int running, int exited) = await ReadShimStatesAsync(unsaved, cancellationToken);
        await StopUnwantedShimsAsync(cancellationToken);
        (StateDifference difference, IReadOnlyList<string> problems) = Mending.Run(parts);
        if (problems.Count == 0)
        {
            await TryStoreAsync(unsaved, () => Mending.FinishRemovalsAsync(parts));
        }

        foreach (SandboxId id in watched)
        {
            parts.Watches.Begin(id);
        }

        return new RecoverySummary(
            parts.Model.Current.NetworksById.Count,
            parts.Model.Current.SandboxesById.Count,
            running,
            exited,
            stored.TombstonesByOwner.Count,
            difference.Missing.Count + difference.Different.Count + difference.Leftover.Count,
            [.. unsaved.Distinct(), .. problems, .. difference.Conflicts]);
    }

    private void RestoreAddresses(ModelSnapshot model)
    {
        ILookup<NetworkId, Endpoint> buried = model.Tombstones.Select(t => t.Endpoint).OfType<Endpoint>().ToLookup(e => e.Network);
        foreach (Network network in model.Networks.Concat(model.Tombstones.Select(t => t.Network).OfType<Network>()))
        {
            IEnumerable<IPAddress> addresses = model.EndpointsOf(network.Id).Concat(buried[network.Id])
                .SelectMany(e => (InterfaceAddress?[])[e.IPv4, e.IPv6])
                .OfType<InterfaceAddress>()
                .Select(a => a.Address)
                .ToList();
            foreach (AddressPool pool in network.Pools)
            {
                parts.IpamDrivers[network.IpamDriver].Restore(
                    pool, addresses.Where(a => a.AddressFamily == pool.Subnet.BaseAddress.AddressFamily));
            }
        }
    }

    /// <summary>Makes the predefined networks that are missing. What cannot be stored now is made with the next network or
    /// container.</summary>
    /// <returns>What could not be stored, each a sentence.</returns>
    private async Task<List<string>> MakePredefinedAsync(CancellationToken cancellationToken)
    {
        var unsaved = new List<string>();
        foreach (NetworkCreateRequest request in PredefinedNetworks.Requests(parts.Options))
        {
            if (!parts.Model.Current.NetworkNames.ContainsKey(request.Name))
            {
                Draft draft = parts.Runner.NewDraft();
                try
                {
                    var operation = new CreateNetwork(request, parts.Drivers, parts.Time) { IsPredefined = true };
                    await operation.ResolveAsync(draft, cancellationToken);
                    parts.Runner.StoreOnly(draft);
                }
                catch (CnmException error) when (error.Kind == CnmErrorKind.Unavailable)
                {
                    await draft.Reservations.UndoAsync();
                    unsaved.Add(error.Message);
                }
                catch
                {
                    await draft.Reservations.UndoAsync();
                    throw;
                }
            }
        }

        return unsaved;
    }

    /// <summary>Does what changes the store; on a full disk, recovery goes as far as reading does.</summary>
    private static async Task<bool> TryStoreAsync(List<string> unsaved, Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (CnmException error)
        {
            unsaved.Add(error.Message);
            return false;
        }
    }

    /// <summary>Reads the states of all shims and records them.</summary>
    /// <returns>The sandboxes to be watched, which are those whose command runs or whose exit could not be recorded, and the numbers of
    /// commands that run and that have exited.</returns>
    private async Task<(List<SandboxId> Watched, int Running, int Exited)> ReadShimStatesAsync(
        List<string> unsaved, CancellationToken cancellationToken)
    {
        var watched = new List<SandboxId>();
        int running = 0;
        int exited = 0;
        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(s => s.State == SandboxState.Running))
        {
            SandboxProcessState? state = await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken);
            if (state is { ShimAlive: true })
            {
                running++;
                watched.Add(sandbox.Id);
                if (sandbox.ProcessId != state.ProcessId || sandbox.Started != state.Started)
                {
                    var record = new RecordProcess(sandbox.Id, state);
                    await TryStoreAsync(unsaved, () => parts.Runner.RunAsync(record, cancellationToken));
                }

                continue;
            }

            // What is left of its network stack is removed now. After a reboot nothing is left, which is no error.
            exited++;
            SandboxProcessState exit = state ?? new SandboxProcessState(ShimAlive: false, null, null, null, null);
            bool recorded = await TryStoreAsync(unsaved, async () =>
            {
                await parts.Runner.RunAsync(new ExitSandbox(sandbox.Id, exit, parts.Time.GetUtcNow()), cancellationToken);
                if (sandbox.AutoRemove)
                {
                    await parts.Runner.RunAsync(new RemoveSandbox(sandbox.Id.Value, evenRunning: false), cancellationToken);
                    parts.Processes.RemoveFiles(sandbox.Id);
                }
            });
            if (!recorded)
            {
                watched.Add(sandbox.Id);
            }
        }

        return (watched, running, exited);
    }

    /// <summary>Stops shims of sandboxes that are not in the model, or have exited there. A daemon that was killed while it started or
    /// removed a sandbox leaves such shims.</summary>
    private async Task StopUnwantedShimsAsync(CancellationToken cancellationToken)
    {
        foreach (SandboxId id in parts.Processes.ReadSandboxIds())
        {
            Sandbox? sandbox = parts.Model.Current.SandboxesById.GetValueOrDefault(id);
            if (sandbox is { State: SandboxState.Running or SandboxState.Created })
            {
                continue;
            }

            try
            {
                await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
                if (sandbox is null)
                {
                    parts.Processes.RemoveFiles(id);
                }
            }
            catch (Exception error) when (error is CnmException or IOException or UnauthorizedAccessException)
            {
                parts.Log.Warning($"the shim of {id.Short}, which is no container's any more, cannot be ended: {error.Message}");
            }
        }
    }
}
