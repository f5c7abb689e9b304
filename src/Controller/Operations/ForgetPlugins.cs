using Net.Cnm.DesiredState;
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
        foreach (OwnerId owner in draft.Edit.Now.Tombstones.Where(tombstone => tombstone.IsPlugged).Select(tombstone => tombstone.Owner).ToList())
        {
            draft.Edit.RemoveTombstone(owner);
        }

        return ValueTask.FromResult(true);
    }
}
