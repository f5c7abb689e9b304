using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Plans;
using Net.Controller.Stores;

namespace Net.Controller.Operations;

/// <summary>Carries an operation out: choices, store, kernel, model, in this order; what fails leaves all of them as they were. Called by one at a time.</summary>
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
    /// <summary>How often a host port is picked anew when another program turns out to have it.</summary>
    private const int PickAttempts = 10;

    // What operations were to give back and could not yet: while rules or neighbours still lead to an address, nobody else may have it.
    private readonly List<Reservations> _held = [];

    private ushort _portCursor;

    /// <summary>Carries the operation out.</summary>
    /// <exception cref="CnmException">It could not be done; nothing has changed.</exception>
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

    /// <summary>What carrying it out would do to the kernel, as commands.</summary>
    /// <exception cref="CnmException">As for <see cref="RunAsync"/>, as far as that does not depend on the kernel.</exception>
    public async Task<(T Result, IReadOnlyList<string> Commands)> ExplainAsync<T>(IOperation<T> operation, CancellationToken cancellationToken)
    {
        Draft draft = NewDraft();
        try
        {
            T result = await operation.ResolveAsync(draft, cancellationToken);
            return (result, engine.Explain(planner.Between(draft.Edit.ToChange(), draft.Host)));
        }
        finally
        {
            await draft.Reservations.UndoAsync();
        }
    }

    /// <summary>A draft on the model and the host as they are now.</summary>
    public Draft NewDraft(int attempt = 0) => new(model.Current, new Reservations(ipamDrivers), ReadHost(), _portCursor, attempt);

    /// <summary>The host as it is now.</summary>
    public HostView ReadHost() => new(engine.ReadHostFacts(), resolver.Read());

    /// <summary>Stores a draft and makes it the model without a word to the engine: for a start, where the whole is compared afterwards.</summary>
    public void StoreOnly(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        store.Save(change);
        model.Publish(change.After);
    }

    /// <summary>Forgets removed objects of which the kernel has nothing any more.</summary>
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

    /// <summary>Gives back what had to wait until the kernel has nothing left over.</summary>
    public async ValueTask GiveBackAsync()
    {
        Reservations[] held = [.. _held];
        _held.Clear();
        foreach (Reservations reservations in held)
        {
            await reservations.CompleteLateAsync(model.Current.NetworksById.ContainsKey);
        }
    }

    private async Task CommitAsync(Draft draft)
    {
        ModelChange change = draft.Edit.ToChange();
        StateChange kernel = planner.Between(change, draft.Host);
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
            throw error as CnmException ?? new CnmException(CnmErrorKind.Internal, $"the kernel could not be changed: {error.Message}", error);
        }

        model.Publish(change.After);
        if (leftovers.Count > 0)
        {
            // The addresses stay reserved until a mending finds the kernel clean: by the tombstones, or where nothing was buried, by us.
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
