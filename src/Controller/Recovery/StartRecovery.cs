using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Lifecycles;
using Net.Controller.Models;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Rules;

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
        parts.Replays.Begin(stored);
        IReadOnlyList<string> unreserved = RestoreAddresses(stored);
        PredefinedNetworks.RequireBridge(parts);
        List<string> unsaved = await PredefinedNetworks.StoreMissingAsync(parts, cancellationToken);
        var shims = new ShimRecovery(parts);
        await shims.ReadStatesAsync(cancellationToken);
        await shims.StopUnwantedAsync(cancellationToken);
        MendingReport report = Mending.Run(parts);
        if (parts.Store.WasLeftOpen || report.Found.Leftover.Count > 0 || report.Found.HadGraves || !stored.TombstonesByOwner.IsEmpty)
        {
            ForgetBrokenOffConnections(stored);
        }

        await TryStoreAsync(unsaved, () => RemoveGoneAsync(report.Left));
        if (parts.Store.Loss is not null)
        {
            SettleLoss(shims.HasUnknown, report.Withheld);
        }

        if (report.RemovalsAreDone)
        {
            await TryStoreAsync(unsaved, () => Mending.FinishRemovalsAsync(parts));
        }
        else
        {
            parts.Runner.KeepUntilMended(stored);
        }

        if (await PredefinedNetworks.ReplaceUnwantedAsync(parts, cancellationToken) is { } kept)
        {
            unsaved.Add(kept);
        }

        await shims.HoldAsync();
        foreach (SandboxId id in shims.Watched.Distinct())
        {
            parts.Watches.BeginUnlessWatched(id);
        }

        parts.Health.Follow(parts.Model.Current);
        await TryStoreAsync(unsaved, () => parts.Runner.RunAsync(new MakeRestartsDue(), cancellationToken));
        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(s => s.IsRestarting && !EndRule.IsToGo(s)))
        {
            parts.Watches.Expect(sandbox.Id);
            parts.Restarts.Begin(sandbox);
        }

        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(PolicyRestart.IsBrokenOff))
        {
            parts.Restarts.Begin(sandbox with { RestartDelay = 0 });
        }

        return new RecoverySummary(
            parts.Model.Current.NetworksById.Count,
            parts.Model.Current.SandboxesById.Count,
            shims.Running.Count,
            shims.Exited,
            stored.TombstonesByOwner.Count,
            report.Found.Missing.Count + report.Found.Different.Count + report.Found.Leftover.Count,
            [.. unreserved, .. unsaved.Concat(shims.Problems).Distinct(), .. report.Problems, .. report.Left.Conflicts],
            NeedsRetry: !report.IsDone || PluginWork.Of(parts.Model.Current).Any || parts.Replays.Any);
    }

    /// <summary>Removes the sandboxes of other programs whose links are gone: the namespaces that these were taken to have ended, such as
    /// with the machine. The other program may say so later, or never, when it did while no daemon ran.</summary>
    private async Task RemoveGoneAsync(StateDifference found)
    {
        HashSet<OwnerId> gone = [.. found.Gone.Select(desired => desired.Owner)];
        ModelSnapshot model = parts.Model.Current;
        foreach (Endpoint endpoint in model.EndpointsById.Values.Where(endpoint => gone.Contains(OwnerId.Of(endpoint.Id))))
        {
            await parts.Runner.RunAsync(new RemoveSandbox(endpoint.Sandbox.Value, evenRunning: true), CancellationToken.None);
            parts.ForeignLost.Note(endpoint.Id);
        }
    }

    /// <summary>Ends the loss of the store when nothing is found of what it does not know, and says what there is otherwise.</summary>
    private void SettleLoss(bool hasUnknown, IReadOnlyList<KernelLeftover> withheld)
    {
        if (!hasUnknown && withheld.Count == 0)
        {
            parts.Store.AcceptLoss();
            return;
        }

        List<string> links = [.. withheld.Where(left => left is ObjectLeftover).Select(left => $"{left.Kind} {left.Name}")];
        if (links.Count > 0)
        {
            parts.Log.Warning(
                $"the kernel has {links.Count} objects that the store does not know ({string.Join(", ", links.Take(10))}); they are left "
                    + "alone until netctl doctor --fix or netctl system reset removes them");
        }
    }

    /// <summary>Reserves what the objects of the model have.</summary>
    /// <returns>What could not be reserved, each a sentence: the store has subnets that overlap.</returns>
    private IReadOnlyList<string> RestoreAddresses(ModelSnapshot model)
    {
        var problems = new List<string>();
        foreach (ForeignPool pool in model.ForeignPools.Values)
        {
            Try(() => parts.IpamDrivers.Require(ForeignNames.IpamDriver).Restore(pool.Pool, pool.Addresses), problems);
        }

        ILookup<NetworkId, Endpoint> buried = model.Tombstones.Select(t => t.Endpoint).OfType<Endpoint>().ToLookup(e => e.Network);
        foreach (Network network in model.Networks)
        {
            RestorePools(network, problems);
        }

        // Two that are gone may have had one subnet after each other; it stays reserved for one of them.
        var kept = new KeptReservations(model);
        foreach (Network gone in model.Tombstones.Select(tombstone => tombstone.Network).OfType<Network>())
        {
            RestorePools(kept.Of(gone), []);
        }

        return problems;

        void RestorePools(Network network, List<string> refused)
        {
            IPAddress[] addresses =
            [
                .. model.EndpointsOf(network.Id).Concat(buried[network.Id]).SelectMany(endpoint => endpoint.Addresses)
                    .Select(address => address.Address),
            ];
            foreach (AddressPool pool in network.Plugged is { HasIpam: true } ? [] : network.Pools)
            {
                Try(
                    () => parts.IpamDrivers.Require(network.IpamDriver).Restore(
                        pool,
                        addresses.Where(pool.Subnet.Contains),
                        model.FreedOf(network.Id).InOrder(pool.Subnet.BaseAddress.AddressFamily)),
                    refused);
            }
        }
    }

    private static void Try(Action restore, List<string> problems)
    {
        try
        {
            restore();
        }
        catch (CnmException error)
        {
            problems.Add(error.Message);
        }
    }

    /// <summary>Has the kernel forget the tracked connections of all addresses of our bridges' subnets that nobody has any more. A daemon
    /// that was killed while it removed something did not come to do so, and the store no longer says which address that was.</summary>
    private void ForgetBrokenOffConnections(ModelSnapshot stored)
    {
        ModelSnapshot model = parts.Model.Current;
        HashSet<string> bridges =
        [
            .. parts.Planner.PlanLinksAndPolicies(stored, parts.Runner.ReadHost()).Objects
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
                .SelectMany(endpoint => endpoint.Addresses)
                .Select(address => address.Address),
            .. pools.Select(pool => pool.Gateway).OfType<IPAddress>(),
            .. pools.SelectMany(pool => pool.AuxiliaryAddresses.Values),
        ];
        parts.Engine.ForgetConnections(address => !used.Contains(address) && pools.Exists(pool => pool.Subnet.Contains(address)));
    }

    /// <summary>Does what changes the store; on a full disk, recovery goes as far as reading does.</summary>
    private static async Task TryStoreAsync(List<string> unsaved, Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (CnmException error)
        {
            unsaved.Add(error.Message);
        }
    }
}
