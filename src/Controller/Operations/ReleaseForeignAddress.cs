using System.Net;
using Net.Controller.Foreign;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Releases an address of a pool of another program. The result is whether it was reserved.</summary>
/// <param name="id">The pool's id.</param>
/// <param name="address">The address.</param>
internal sealed class ReleaseForeignAddress(string id, IPAddress address) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Release(draft, id, address));

    /// <summary>Releases an address. The result is whether it was reserved.</summary>
    public static bool Release(Draft draft, string id, IPAddress address)
    {
        if (draft.Edit.Now.ForeignPools.GetValueOrDefault(id) is not { } pool || !pool.Addresses.Contains(address))
        {
            return false;
        }

        draft.Edit.Put(pool with
        {
            Addresses = [.. pool.Addresses.Where(other => !other.Equals(address))],
            Gateway = address.Equals(pool.Gateway) ? null : pool.Gateway,
        });
        draft.Reservations.ReleaseAddress(ForeignNames.IpamDriver, pool.Pool, address);
        return true;
    }
}
