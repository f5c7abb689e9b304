using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Controller.Requests;

namespace Net.Controller.Choices;

/// <summary>Chooses the subnets of a network that stands on a bridge of another program: the bridge's own address says which, and is the
/// gateway.</summary>
/// <param name="bridge">The interface name of the bridge.</param>
/// <param name="addresses">The addresses that the bridge has.</param>
internal sealed class AdoptedSubnet(string bridge, IReadOnlyList<HostAddress> addresses)
{
    /// <summary>The request with what the bridge says: without a subnet, that of the bridge's first address of the family which the range
    /// is in, or the range itself on a bridge without an address; without a gateway, the bridge's first address in the subnet.</summary>
    /// <exception cref="CnmException">InvalidParameter: no subnet is given, and the bridge has no address of the family.</exception>
    public SubnetRequest Complete(SubnetRequest request, bool ipv6, string network)
    {
        List<IPNetwork> present = [.. addresses.Where(own => own.Address.IsIPv6 == ipv6).Select(own => own.Address.Subnet)];
        IPNetwork subnet = request.Subnet
            ?? present.Where(own => request.Range is not { } range || Subnets.Covers(own, range)).Concat(present)
                .Select(own => (IPNetwork?)own).FirstOrDefault()
            ?? request.Range
            ?? throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {network}: bridge {bridge} has no {(ipv6 ? "IPv6" : "IPv4")} address that says which subnet is on it; give one "
                    + "with --subnet, or give the bridge an address");
        return request with { Subnet = subnet, Gateway = request.Gateway ?? OwnIn(subnet) };
    }

    /// <summary>The pool, and whether its gateway is an address that the bridge has already.</summary>
    public AddressPool Mark(AddressPool pool) =>
        pool with { GatewayIsAdopted = addresses.Any(own => own.Address.Address.Equals(pool.Gateway)) };

    private IPAddress? OwnIn(IPNetwork subnet) =>
        addresses.FirstOrDefault(own => subnet.Contains(own.Address.Address))?.Address.Address;
}
