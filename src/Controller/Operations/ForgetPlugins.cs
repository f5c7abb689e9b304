using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Forgets what plug-ins have not been told of removed networks and endpoints, since nothing is to be left. The result is always
/// true.</summary>
internal sealed class ForgetPlugins : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        foreach (Tombstone tombstone in draft.Edit.Now.Tombstones.Where(tombstone => tombstone.IsPlugged))
        {
            draft.Edit.RemoveTombstone(tombstone.Owner);
        }

        return ValueTask.FromResult(true);
    }
}
