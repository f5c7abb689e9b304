using System.Globalization;
using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.Default;

/// <summary>Builds the errors of the default IPAM driver.</summary>
internal static class IpamErrors
{
    public static CnmException WrongFamily(PoolRequest request) =>
        Invalid(request, $"subnet {request.Subnet} is not an {(request.IPv6 ? "IPv6" : "IPv4")} one; give one of the family asked for");

    public static CnmException NotForHosts(PoolRequest request, IPNetwork kept) =>
        Invalid(request, $"subnet {request.Subnet} overlaps {kept}, which no interface may use; choose another with --subnet");

    public static CnmException IsLinkLocal(PoolRequest request) => Invalid(
        request,
        $"subnet {request.Subnet} is link-local: every link has these addresses by itself, and they lead nowhere else; choose another " +
        "with --subnet, or leave it out for a unique local one");

    public static CnmException NeedsSubnet(PoolRequest request, string what, object value) =>
        Invalid(request, $"no matching subnet for {what} {value}; give the subnet with --subnet");

    public static CnmException OutsideSubnet(PoolRequest request, string what, object value) =>
        Invalid(request, $"no matching subnet for {what} {value}: it does not lie in {request.Subnet}; choose one inside it");

    public static CnmException NotForInterfaces(PoolRequest request, string what, IPAddress value) =>
        Invalid(request, $"{what} {value} is the network or broadcast address of {request.Subnet}; choose another address of it");

    public static CnmException GatewayIsAuxiliary(PoolRequest request, string name) =>
        Invalid(request, $"gateway {request.Gateway} is also the auxiliary address \"{name}\"; choose another for one of them");

    public static CnmException NoRoomForGateway(PoolRequest request) =>
        new(
            CnmErrorKind.Unavailable,
            $"network \"{request.NetworkName}\": subnet {request.Subnet} has no address left for a gateway beside the auxiliary ones; " +
            "choose a larger one with --subnet");

    public static CnmException OverlapsPool(PoolRequest request, ReservedPool other) =>
        new(
            CnmErrorKind.Conflict,
            $"network \"{request.NetworkName}\": subnet {request.Subnet} overlaps {other.Pool.Subnet} of {Owner(other)}; choose another " +
            "with --subnet");

    public static CnmException NoDefaultPoolFree(PoolRequest request) =>
        new(
            CnmErrorKind.Unavailable,
            $"network \"{request.NetworkName}\": every {(request.IPv6 ? "IPv6" : "IPv4")} subnet of the default address pools is in use " +
            "by a network or a route of the host; "
            + "remove networks that are not needed, choose a subnet with --subnet, or give the daemon more with --default-address-pool");

    public static CnmException RestoredTwice(AddressPool pool, ReservedPool other) =>
        new(
            CnmErrorKind.Internal,
            $"the store has subnet {pool.Subnet} and {other.Pool.Subnet}, which overlap; remove one of their networks from it");

    public static CnmException UnknownPool(AddressPool pool) =>
        new(CnmErrorKind.NotFound, $"subnet {pool.Subnet} is not reserved by any network; create the network again");

    public static CnmException AddressOutside(ReservedPool pool, IPAddress address) =>
        new(
            CnmErrorKind.InvalidParameter,
            $"invalid address {address}: it does not belong to subnet {pool.Pool.Subnet} of {Owner(pool)}; choose one inside it");

    public static CnmException AddressNotForInterfaces(ReservedPool pool, IPAddress address) =>
        new(
            CnmErrorKind.InvalidParameter,
            $"invalid address {address}: it is the network or broadcast address of subnet {pool.Pool.Subnet} of {Owner(pool)}; choose " +
            "another inside it");

    public static CnmException AddressTaken(ReservedPool pool, IPAddress address) =>
        new(
            CnmErrorKind.Conflict,
            $"address {address} on {Owner(pool)} is already in use{TakenAs(pool.Pool, address)}; choose another of {pool.Pool.Subnet}, " +
            "or none to have one chosen");

    public static CnmException Full(ReservedPool pool) =>
        new(
            CnmErrorKind.Unavailable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(pool.Pool.Range is { } range ? $"range {range} of " : "")}subnet {pool.Pool.Subnet} of {Owner(pool)} {Use(pool)}; "
                + $"remove a container from it, or create a network with a larger "
                + $"{(pool.Pool.Range is null ? "--subnet" : "--ip-range")}"));

    private static string Use(ReservedPool pool) =>
        pool.Range.Count == 0 ? "has no address that can be assigned"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"is full: all {pool.Range.Count} of its addresses are in use{(HasGateway(pool) ? ", the gateway's included" : "")}");

    private static bool HasGateway(ReservedPool pool) =>
        pool.Pool.Gateway is { } gateway && (pool.Pool.Range ?? pool.Pool.Subnet).Contains(gateway);

    private static string TakenAs(AddressPool pool, IPAddress address)
    {
        if (address.Equals(pool.Gateway))
        {
            return " as the gateway";
        }

        foreach ((string name, IPAddress auxiliary) in pool.AuxiliaryAddresses)
        {
            if (auxiliary.Equals(address))
            {
                return $" as the auxiliary address \"{name}\"";
            }
        }

        return pool.HostAddresses?.Contains(address) == true ? " by the host" : "";
    }

    private static string Owner(ReservedPool pool) => pool.NetworkName is { } name ? $"network \"{name}\"" : "a network";

    private static CnmException Invalid(PoolRequest request, string problem) =>
        new(CnmErrorKind.InvalidParameter, $"network \"{request.NetworkName}\": {problem}");
}
