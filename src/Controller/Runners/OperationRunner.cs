using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
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
    IReadOnlyDictionary<string, IIpamDriver> ipamDrivers,
    HostResolver resolver,
    IControllerLog log,
    Action leftBehind)
{
    /// <summary>How often an operation is tried when other programs have the host ports that were picked.</summary>
    private const int PickAttempts = 10;

    // Reservations whose release has to wait: while rules or neighbour entries still lead to an address, it must not be handed out again.
    private readonly List<Reservations> _held = [];

    private ushort _portCursor;

    /// <summary>Whether the kernel has nothing of the model, on purpose: after a reset, until something is made. Then the first change of
    /// the kernel makes all that is in the model.</summary>
    public bool KernelIsEmpty { get; set; }

    /// <summary>Runs the operation.</summary>
    /// <exception cref="CnmException">The operation failed; nothing has changed.</exception>
    public async Task<T> RunAsync<T>(IOperation<T> operation, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            Draft draft = NewDraft(attempt - 1);
            try
            {
                T result = await operation.ResolveAsync(draft, cancellationToken);
                await CommitAsync(draft);
                return result;
            }
            catch (CnmException error) when (error.Kind == CnmErrorKind.Conflict && draft.HasPickedPorts && attempt < PickAttempts)
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

    /// <summary>The commands for what a run would change in the kernel. Nothing is changed.</summary>
    /// <exception cref="CnmException">As for <see cref="RunAsync"/>, as far as that does not depend on the kernel.</exception>
    public async Task<(T Result, IReadOnlyList<string> Commands)> ExplainAsync<T>(
        IOperation<T> operation, CancellationToken cancellationToken)
    {
        Draft draft = NewDraft();
        try
        {
            T result = await operation.ResolveAsync(draft, cancellationToken);
            return (result, engine.Explain(Plan(draft)));
        }
        finally
        {
            await draft.Reservations.UndoAsync();
        }
    }

    /// <summary>A draft that starts from the model and the host as they are now.</summary>
    public Draft NewDraft(int attempt = 0) => new(model.Current, new Reservations(ipamDrivers), ReadHost(), _portCursor, attempt);

    /// <summary>Reads the facts about the host and its resolver.</summary>
    public HostView ReadHost() => new(engine.ReadHostFacts(), resolver.Read());

    /// <summary>Stores a draft and publishes its model without the engine. Recovery uses it, since it compares everything with the kernel
    /// afterwards.</summary>
    public void StoreOnly(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        store.Save(change);
        model.Publish(change.After);
    }

    /// <summary>Removes the tombstones of objects of which the kernel has nothing left.</summary>
    public void RemoveTombstones(IEnumerable<OwnerId> owners)
    {
        var edit = new ModelEdit(model.Current);
        foreach (OwnerId owner in owners)
        {
            edit.RemoveTombstone(owner);
        }

        ModelChange change = edit.ToChange();
        if (change.Tombstones.Count > 0)
        {
            store.Save(change);
            model.Publish(change.After);
        }
    }

    /// <summary>Releases what had to wait, now that the kernel has no leftovers.</summary>
    public async ValueTask ReleaseHeldAsync()
    {
        Reservations[] held = [.. _held];
        _held.Clear();
        foreach (Reservations reservations in held)
        {
            await reservations.CompleteLateAsync(model.Current.NetworksById.ContainsKey);
        }
    }

    private StateChange Plan(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        return planner.Between(KernelIsEmpty && !change.IsEmpty ? change.FromNothing() : change, draft.Host);
    }

    private async Task CommitAsync(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        StateChange kernel = Plan(draft);
        store.Save(change);
        model.Propose(change.After);
        IReadOnlyList<string> leftovers;
        try
        {
            leftovers = kernel.IsEmpty ? [] : engine.Apply(kernel);
        }
        catch (Exception error)
        {
            model.Withdraw();
            store.Save(change.Inverse());
            throw error as CnmException ?? new CnmException(
                CnmErrorKind.Internal, $"the kernel could not be changed: {error.Message}", error);
        }

        KernelIsEmpty &= change.IsEmpty;
        model.Publish(change.After);
        if (leftovers.Count > 0)
        {
            // The addresses stay reserved until a mending finds the kernel without leftovers. A tombstone keeps them reserved; without a
            // tombstone _held does.
            log.Warning($"not removed from the kernel yet: {string.Join("; ", leftovers)}");
            if (change.Tombstones.Count == 0)
            {
                _held.Add(draft.Reservations);
            }

            leftBehind();
            return;
        }

        RemoveTombstones(change.Tombstones);
        await draft.Reservations.CompleteAsync();
    }
}
