using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Controller.Operations;
using Net.Controller.Requests;

namespace Net.Controller.Foreign;

/// <summary>The IPAM driver that another program, such as Docker Engine, has in this controller. What it has reserved is stored, and never
/// assigned to networks and containers of the daemon's own.</summary>
/// <remarks>Methods throw <see cref="CnmException"/>; a release of what is not reserved is no error. All are carried to their
/// end.</remarks>
public sealed class ForeignIpam
{
    private readonly ControllerParts _parts;

    internal ForeignIpam(ControllerParts parts) => _parts = parts;

    /// <summary>Reserves a subnet. The same subnet with the same range is one pool, which is there until it has been released as often as
    /// it was reserved.</summary>
    public Task<ForeignPool> RequestPoolAsync(ForeignPoolRequest request) => RunAsync(new ReserveForeignPool(request));

    /// <summary>Releases a subnet.</summary>
    public Task ReleasePoolAsync(string id) => RunAsync(new ReleaseForeignPool(id));

    /// <summary>Reserves an address of a pool.</summary>
    /// <param name="pool">The pool's id.</param>
    /// <param name="address">The address that is wanted; null for any.</param>
    /// <param name="isGateway">Whether it is for the gateway. The same gateway may be asked for again.</param>
    public Task<InterfaceAddress> RequestAddressAsync(string pool, IPAddress? address, bool isGateway) =>
        RunAsync(new ReserveForeignAddress(pool, address, isGateway));

    /// <summary>Releases an address.</summary>
    public Task ReleaseAddressAsync(string pool, IPAddress address) => RunAsync(new ReleaseForeignAddress(pool, address));

    private Task<T> RunAsync<T>(IOperation<T> operation) => _parts.Queue.RunAsync(
        () => _parts.Runner.RunAsync(operation, CancellationToken.None), CancellationToken.None);
}
