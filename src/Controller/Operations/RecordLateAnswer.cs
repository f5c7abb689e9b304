using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records what a plug-in has reserved for an endpoint that was removed, or whose sandbox exited, while the plug-in was asked: the
/// farewell gives it back. The result is whether there was still something to record it with.</summary>
/// <param name="id">The endpoint.</param>
/// <param name="change">Adds what was reserved.</param>
internal sealed class RecordLateAnswer(EndpointId id, Func<Endpoint, Endpoint> change) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ModelSnapshot model = draft.Edit.Now;
        if (model.EndpointsById.GetValueOrDefault(id) is { Plugged: not null } endpoint)
        {
            draft.Edit.Put(change(endpoint));
            return ValueTask.FromResult(true);
        }

        if (model.TombstonesByOwner.GetValueOrDefault(OwnerId.Of(id)) is { Endpoint: { Plugged: not null } removed } tombstone)
        {
            draft.Edit.Put(tombstone with { Endpoint = change(removed) });
            return ValueTask.FromResult(true);
        }

        return ValueTask.FromResult(false);
    }
}
