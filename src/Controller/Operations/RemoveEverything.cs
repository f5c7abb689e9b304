using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes every sandbox and every network, the predefined ones too. The result is always true.</summary>
internal sealed class RemoveEverything : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        foreach (Sandbox sandbox in draft.Edit.Now.Sandboxes)
        {
            RemoveSandbox.Remove(draft, sandbox);
        }

        foreach (Network network in draft.Edit.Now.Networks)
        {
            draft.Edit.Remove(network);
            draft.Reservations.Release(network, draft.Edit.Now);
        }

        foreach (ForeignPool pool in draft.Edit.Now.ForeignPools.Values)
        {
            ReleaseForeignPool.Remove(draft, pool);
        }

        return ValueTask.FromResult(true);
    }
}
