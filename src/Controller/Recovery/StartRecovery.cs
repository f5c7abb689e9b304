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
        await MakePredefinedAsync(cancellationToken);
        (List<SandboxId> running, int exited) = await ReadShimStatesAsync(cancellationToken);
        await StopUnwantedShimsAsync(cancellationToken);
        (StateDifference difference, IReadOnlyList<string> problems) = Mending.Run(parts);
        if (difference.Leftover.Count > 0)
        {
            ForgetBrokenOffConnections(stored);
        }

        if (problems.Count == 0)
        {
            await Mending.FinishRemovalsAsync(parts);
        }

        foreach (SandboxId id in running)
        {
            parts.Watches.Begin(id);
        }

        return new RecoverySummary(
            parts.Model.Current.NetworksById.Count,
            parts.Model.Current.SandboxesById.Count,
            running.Count,
            exited,
            stored.TombstonesByOwner.Count,
            difference.Missing.Count + difference.Different.Count + difference.Leftover.Count,
            [.. problems, .. difference.Conflicts]);
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
                    pool,
                    addresses.Where(a => a.AddressFamily == pool.Subnet.BaseAddress.AddressFamily),
                    model.FreedOf(network.Id).InOrder(pool.Subnet.BaseAddress.AddressFamily));
            }
        }
    }

    /// <summary>Has the kernel forget the tracked connections of all addresses of our bridges' subnets that nobody has any more. A daemon
    /// that was killed while it removed something did not come to do so, and the store no longer says which address that was.</summary>
    private void ForgetBrokenOffConnections(ModelSnapshot stored)
    {
        ModelSnapshot model = parts.Model.Current;
        HashSet<string> bridges =
        [
            .. parts.Planner.PlanLinksAndPolicies(stored, parts.Runner.ReadHost())
                .OfType<BridgeLink>().Where(bridge => bridge.Ownership == Ownership.Owned).Select(bridge => bridge.Owner.Tag),
        ];
        List<AddressPool> pools =
        [
            .. stored.Networks.Where(network => bridges.Contains(OwnerId.Of(network.Id).Tag))
                .Concat(stored.Tombstones.Select(tombstone => tombstone.Network).OfType<Network>())
                .SelectMany(network => network.Pools),
        ];
        HashSet<IPAddress> used =
        [
            .. model.EndpointsById.Values.Where(endpoint => model[endpoint.Sandbox].HasNetworkStack)
                .SelectMany(endpoint => (InterfaceAddress?[])[endpoint.IPv4, endpoint.IPv6])
                .OfType<InterfaceAddress>()
                .Select(address => address.Address),
            .. pools.Select(pool => pool.Gateway).OfType<IPAddress>(),
            .. pools.SelectMany(pool => pool.AuxiliaryAddresses.Values),
        ];
        parts.Engine.ForgetConnections(address => !used.Contains(address) && pools.Exists(pool => pool.Subnet.Contains(address)));
    }

    private async Task MakePredefinedAsync(CancellationToken cancellationToken)
    {
        foreach (NetworkCreateRequest request in PredefinedNetworks.Requests(parts.Options))
        {
            if (!parts.Model.Current.NetworkNames.ContainsKey(request.Name))
            {
                Draft draft = parts.Runner.NewDraft();
                try
                {
                    var operation = new CreateNetwork(request, parts.Drivers, parts.Time) { IsPredefined = true };
                    NetworkCreated created = await operation.ResolveAsync(draft, cancellationToken);
                    parts.Runner.StoreOnly(draft);
                    foreach (string warning in created.Warnings)
                    {
                        parts.Log.Warning(warning);
                    }
                }
                catch
                {
                    await draft.Reservations.UndoAsync();
                    throw;
                }
            }
        }
    }

    /// <summary>Reads the states of all shims and records them.</summary>
    /// <returns>The sandboxes whose command runs, and the number of those whose command has exited.</returns>
    private async Task<(List<SandboxId> Running, int Exited)> ReadShimStatesAsync(CancellationToken cancellationToken)
    {
        var running = new List<SandboxId>();
        int exited = 0;
        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(s => s.State == SandboxState.Running))
        {
            SandboxProcessState? state = await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken);
            if (state is { ShimAlive: true })
            {
                running.Add(sandbox.Id);
                await parts.Runner.RunAsync(new RecordProcess(sandbox.Id, state), cancellationToken);
                continue;
            }

            // What is left of its network stack is removed now. After a reboot nothing is left, which is no error.
            exited++;
            state ??= new SandboxProcessState(ShimAlive: false, null, null, null, null);
            await parts.Runner.RunAsync(new ExitSandbox(sandbox.Id, state, parts.Time.GetUtcNow()), cancellationToken);
            if (sandbox.AutoRemove)
            {
                await parts.Runner.RunAsync(new RemoveSandbox(sandbox.Id.Value, evenRunning: false), cancellationToken);
                parts.Processes.RemoveFiles(sandbox.Id);
            }
        }

        return (running, exited);
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
