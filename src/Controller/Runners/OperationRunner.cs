using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Controller.Events;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Operations;
using Net.Controller.Plans;
using Net.Controller.Stores;

namespace Net.Controller.Runners;

/// <summary>Runs or explains an operation. A run makes the choices and then changes store, kernel and model, in this order; a failure
/// leaves all of them as they were. Calls come one at a time, from <see cref="OperationQueue"/>.</summary>
internal sealed class OperationRunner(
    CnmModel model,
    INetctlStore store,
    Planner planner,
    IDesiredStateEngine engine,
    IpamDirectory ipamDrivers,
    HostResolver resolver,
    IControllerLog log,
    EventJournal events,
    TimeProvider time,
    Action<ModelChange> onPublished,
    Action leftBehind)
{
    /// <summary>How often an operation is tried when other programs have the host ports or interface names that were picked.</summary>
    private const int PickAttempts = 10;

    // Reservations whose release has to wait: while rules or neighbour entries still lead to an address, it must not be handed out again.
    private readonly List<Reservations> _held = [];

    // The owners of what could not be removed from the kernel. Their tombstones and addresses are kept, also when a plug-in has been told
    // that they are gone, until a mending finds the kernel without leftovers.
    private readonly HashSet<OwnerId> _unclean = [];

    // Changes that took back what the kernel refused and that could not be stored, because the disk was full. They are stored before the
    // next change, so that the store does not keep an intent of which nobody knows.
    private readonly List<ModelChange> _unsaved = [];

    // Tombstones of which the kernel has nothing left and that the store has still: a later change takes them out. Until then they only
    // make a start look for what is not there, or is not there for long any more.
    private readonly HashSet<OwnerId> _finished = [];

    private ushort _portCursor;

    /// <summary>Whether the kernel has nothing of the model, on purpose: after a reset, until something is made. Then the first change of
    /// the kernel makes all that is in the model.</summary>
    public bool KernelIsEmpty { get; set; }

    /// <summary>The bridges of other programs' guests, of which the rules may know.</summary>
    public KnownGuestBridges GuestBridges { get; } = new();

    /// <summary>Runs the operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="cancellationToken">Ends what <see cref="IOperation{T}.ResolveAsync"/> waits for.</param>
    /// <param name="yields">Whether the operation gives up its turn when another program holds what it needs. Whatever is run in the turn
    /// is run again then (<see cref="OperationQueue"/>), so it must have no effect before.</param>
    /// <exception cref="CnmException">The operation failed; nothing has changed.</exception>
    /// <exception cref="HeldUpException">It yields, and another program holds what it needs; nothing has changed.</exception>
    public async Task<T> RunAsync<T>(IOperation<T> operation, CancellationToken cancellationToken, bool yields = false)
    {
        for (int attempt = 1; ; attempt++)
        {
            Draft draft = NewDraft(attempt - 1);
            try
            {
                T result = await operation.ResolveAsync(draft, cancellationToken);
                await CommitAsync(draft, yields);
                return result;
            }
            catch (CnmException error) when (
                error.Kind == CnmErrorKind.Conflict && (draft.HasPickedPorts || draft.HasPickedName) && attempt < PickAttempts)
            {
                await draft.Reservations.UndoAsync();
            }
            catch
            {
                await draft.Reservations.UndoAsync();
                throw;
            }
            finally
            {
                _portCursor = draft.PortCursor;
            }
        }
    }

    /// <summary>The commands for what a run would change in the kernel, and for the command of a sandbox that is to be started then.
    /// Nothing is changed.</summary>
    /// <exception cref="CnmException">As for <see cref="RunAsync"/>, as far as that does not depend on the kernel.</exception>
    public async Task<(T Result, IReadOnlyList<string> Commands)> ExplainAsync<T>(
        IOperation<T> operation, CancellationToken cancellationToken)
    {
        Draft draft = NewDraft();
        try
        {
            T result = await operation.ResolveAsync(draft, cancellationToken);
            return (result, [.. engine.Explain(Plan(draft)), .. draft.FurtherCommands]);
        }
        finally
        {
            await draft.Reservations.UndoAsync();
        }
    }

    /// <summary>A draft that starts from the model and the host as they are now.</summary>
    public Draft NewDraft(int attempt = 0) => new(model.Current, new Reservations(ipamDrivers), ReadHost(), _portCursor, attempt);

    /// <summary>Reads the facts about the host and its resolver. While the store is lost, what is there of networks that the model does not
    /// know counts as the host's.</summary>
    public HostView ReadHost()
    {
        HostFacts facts = engine.ReadHostFacts();
        GuestBridges.See(facts);
        if (store.Loss is not null)
        {
            HashSet<string> known = [.. model.Current.NetworksById.Keys.Select(id => id.Value)];
            IEnumerable<HostRoute> unknown = facts.OwnRoutes.Where(own => !known.Contains(own.Tag)).Select(own => own.Route);
            facts = facts with { Routes = [.. facts.Routes, .. unknown] };
        }

        return new HostView(facts, resolver.Read());
    }

    /// <summary>Stores a draft and publishes its model without the engine. Recovery uses it, since it compares everything with the kernel
    /// afterwards.</summary>
    public void StoreOnly(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        Save(change);
        model.Publish(change.After);
        onPublished(change);
        Tell(change);
    }

    /// <summary>Puts another model into the store, in one change. The model that is published stays, until the recovery that must follow
    /// loads the stored one; nothing that earlier operations have held back is released.</summary>
    /// <exception cref="CnmException">Unavailable: the store cannot be written. Nothing has changed.</exception>
    public void Replace(ModelSnapshot after)
    {
        Save(ModelChange.Between(model.Current, after));
        _held.Clear();
        _unclean.Clear();
    }

    /// <summary>Removes the tombstones of objects of which the kernel has nothing left. Those stay of which a plug-in has yet to be
    /// told.</summary>
    public void RemoveTombstones(IEnumerable<OwnerId> owners)
    {
        ModelChange change = WithoutTombstones(owners);
        if (change.Tombstones.Count > 0)
        {
            Save(change);
            model.Publish(change.After);
        }
    }

    /// <summary>Takes out of the store what the next change would.</summary>
    /// <exception cref="CnmException">Unavailable: the store cannot be written; what is left is taken out at the next start.</exception>
    public void FinishRemovals()
    {
        engine.FinishRemovals();
        if (_finished.Count > 0)
        {
            Save(new ModelEdit(model.Current).ToChange());
        }
    }

    /// <summary>Keeps the tombstones and the addresses of all that was removed until a mending finds the kernel without
    /// leftovers.</summary>
    public void KeepUntilMended(ModelSnapshot stored) =>
        _unclean.UnionWith(stored.TombstonesByOwner.Keys.Concat(stored.EndpointsById.Keys.Select(OwnerId.Of)));

    /// <summary>Releases what had to wait, now that the kernel has no leftovers.</summary>
    public async ValueTask ReleaseHeldAsync()
    {
        Reservations[] held = [.. _held];
        _held.Clear();
        _unclean.Clear();
        ForgetConnections([.. held.SelectMany(reservations => reservations.ReleasedAddresses)]);
        foreach (Reservations reservations in held)
        {
            await reservations.CompleteLateAsync(model.Current.NetworksById.ContainsKey);
        }
    }

    /// <summary>Has the kernel forget the tracked connections of addresses that are about to be released late. In a change that succeeds
    /// the engine does so by itself; in one that was broken off, new ones may have come into being since.</summary>
    public void ForgetConnections(HashSet<IPAddress> addresses)
    {
        if (addresses.Count > 0)
        {
            engine.ForgetConnections(addresses.Contains);
        }
    }

    private StateChange Plan(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        return planner.Between(KernelIsEmpty && change.HasObjects ? change.FromNothing() : change, draft.Host);
    }

    private async Task CommitAsync(Draft draft, bool yields)
    {
        ModelChange change = draft.Edit.ToChange();
        StateChange kernel = Plan(draft);
        if (yields && engine.FindHolder(kernel) is { } held)
        {
            throw new HeldUpException(held);
        }

        Save(change);
        model.Propose(change.After);
        IReadOnlyList<string> leftovers;
        List<string> postponed = [];
        try
        {
            leftovers = kernel.IsEmpty ? [] : engine.Apply(kernel, postponed);
        }
        catch (Exception error)
        {
            model.Withdraw();
            TakeBack(change.Inverse());
            throw error as CnmException ?? new CnmException(
                CnmErrorKind.Internal, $"the kernel could not be changed: {error.Message}", error);
        }

        KernelIsEmpty &= !change.HasObjects;
        model.Publish(change.After);
        onPublished(change);
        Tell(change);
        if (postponed.Count > 0)
        {
            log.Warning(
                "left for the next mending, since a container has changed its own network: " + string.Join("; ", postponed));
            leftBehind();
        }

        if (leftovers.Count > 0)
        {
            // The addresses stay reserved until a mending finds the kernel without leftovers. A tombstone keeps them reserved; without a
            // tombstone _held does.
            log.Warning($"not removed from the kernel yet: {string.Join("; ", leftovers)}");
            _unclean.UnionWith(OwnersOf(change));
            if (change.Tombstones.Count == 0)
            {
                _held.Add(draft.Reservations);
            }

            leftBehind();
            return;
        }

        if (_unclean.Overlaps(OwnersOf(change)))
        {
            if (change.Tombstones.Count == 0)
            {
                _held.Add(draft.Reservations);
            }

            return; // what was left in the kernel before is still to be removed
        }

        try
        {
            EndRemovals(change.Tombstones);
        }
        catch (CnmException error)
        {
            // What was asked for is done. The tombstones keep the addresses until a mending removes them.
            log.Warning($"a removal is done and could not be noted as finished: {error.Message}");
            leftBehind();
            return;
        }

        await draft.Reservations.CompleteAsync();
    }

    // The tombstone of a container has its environment, which may hold secrets: that is taken out of the store at once.
    private void EndRemovals(IReadOnlySet<OwnerId> owners)
    {
        if (owners.Any(owner => model.Current.TombstonesByOwner.GetValueOrDefault(owner) is { HasProcess: true }))
        {
            RemoveTombstones(owners);
            return;
        }

        ModelChange change = WithoutTombstones(owners);
        model.Publish(change.After);
        _finished.UnionWith(change.Tombstones);
    }

    private ModelChange WithoutTombstones(IEnumerable<OwnerId> owners)
    {
        var edit = new ModelEdit(model.Current);
        foreach (OwnerId owner in owners.Where(o => model.Current.TombstonesByOwner.GetValueOrDefault(o) is not { IsPlugged: true }))
        {
            edit.RemoveTombstone(owner);
        }

        return edit.ToChange();
    }

    private static IEnumerable<OwnerId> OwnersOf(ModelChange change) => change.Tombstones.Concat(change.Endpoints.Select(OwnerId.Of));

    private void Tell(ModelChange change)
    {
        foreach (CnmEvent happened in ModelEvents.Of(change, time.GetUtcNow()))
        {
            events.Add(happened);
        }
    }

    private void Save(ModelChange change)
    {
        while (_unsaved.Count > 0)
        {
            store.Save(_unsaved[0]);
            _unsaved.RemoveAt(0);
        }

        if (_finished.Count == 0 || engine.HasUnfinishedRemovals)
        {
            store.Save(change);
            return;
        }

        store.Save(change with { Tombstones = new HashSet<OwnerId>([.. change.Tombstones, .. _finished]) });
        _finished.Clear();
    }

    private void TakeBack(ModelChange inverse)
    {
        try
        {
            Save(inverse);
        }
        catch (CnmException error)
        {
            _unsaved.Add(inverse);
            log.Warning($"what could not be made is still in the store, and is taken out before the next change: {error.Message}");
        }
    }
}
