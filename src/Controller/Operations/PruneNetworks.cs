using Net.Cnm.Networks;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes the networks that no container uses, neither one that runs nor one that has exited. The result is what was
/// removed.</summary>
/// <param name="selects">Which of them.</param>
internal sealed class PruneNetworks(Predicate<Network> selects) : IOperation<IReadOnlyList<Network>>
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Network>> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Network[] unused = [.. draft.Edit.Now.Networks.Where(network => draft.Edit.Now.IsUnused(network) && selects(network))];
        foreach (Network network in unused)
        {
            draft.Edit.Remove(network);
            draft.Reservations.Release(network, draft.Edit.Now);
        }

        return ValueTask.FromResult<IReadOnlyList<Network>>(unused);
    }
}
