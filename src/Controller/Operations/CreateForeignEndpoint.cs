using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Creates an endpoint of another program, and the sandbox that stands for it. One that is there already stays as it is, since a
/// request may arrive twice.</summary>
/// <param name="request">What the other program has chosen.</param>
/// <param name="drivers">The network drivers.</param>
/// <param name="joins">The endpoints that the other program takes.</param>
/// <param name="time">The clock.</param>
internal sealed class CreateForeignEndpoint(
    ForeignEndpointRequest request, DriverDirectory drivers, ForeignJoins joins, TimeProvider time) : IOperation<Endpoint>
{
    /// <inheritdoc/>
    public ValueTask<Endpoint> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ModelSnapshot model = draft.Edit.Now;
        Network network = ForeignNames.Require(model, request.Network);
        if (model.EndpointsById.GetValueOrDefault(request.Id) is { } present)
        {
            return present.Network == network.Id
                ? ValueTask.FromResult(present)
                : throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"endpoint {request.Id.Short} is on network {model[present.Network].Name} already; delete it there first");
        }

        RequireInside(network);
        DateTimeOffset now = time.GetUtcNow();
        MakeFree(draft, network, now);
        IDriverNetwork opened = drivers.Open(network, draft.Host.Facts);
        EthernetAddressRule.Require(network, request.MacAddress, opened);
        string name = ForeignNames.Of(request.Id.Short);
        RequireName(model, name);
        var sandbox = new Sandbox
        {
            Id = ForeignNames.SandboxOf(request.Id),
            Name = name,
            HostName = name,
            Created = now,
            Started = now,
            State = SandboxState.Running,
            ForeignKey = "",
        };
        var endpoint = new Endpoint
        {
            Id = request.Id,
            Network = network.Id,
            Sandbox = sandbox.Id,
            Order = 0,
            InterfaceName = $"{opened.InterfacePrefix}0",
            MacAddress = request.MacAddress ?? (opened.ChoosesEthernetAddresses ? Choose(draft, network, opened) : null),
            IPv4 = request.IPv4,
            IPv6 = request.IPv6,
            IPv4IsStatic = request.IPv4 is not null,
            IPv6IsStatic = request.IPv6 is not null,
        };
        draft.Edit.Put(sandbox);
        draft.Edit.Put(endpoint);
        return ValueTask.FromResult(endpoint);
    }

    private void RequireName(ModelSnapshot model, string name)
    {
        if (model.SandboxNames.ContainsKey(name))
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"endpoint {request.Id.Short}: there is a container with the name {name} already; remove that first");
        }
    }

    // The other program makes an endpoint anew at each start of a container, and netctl cannot announce its address from within. So one
    // with the same IP address has the same Ethernet address again.
    private MacAddress Choose(Draft draft, Network network, IDriverNetwork opened)
    {
        MacAddress? following = Addresses().FirstOrDefault() is { } first ? MacAddress.FollowingFrom(first.Address) : null;
        bool isFree = following is { } mac
            && mac != opened.GatewayEthernetAddress
            && !draft.Edit.Now.EndpointsOf(network.Id).Any(other => other.MacAddress == mac);
        return isFree ? following!.Value : MacAddress.NewRandom();
    }

    private IEnumerable<InterfaceAddress> Addresses() => ((InterfaceAddress?[])[request.IPv4, request.IPv6]).OfType<InterfaceAddress>();

    private void RequireInside(Network network)
    {
        foreach (InterfaceAddress address in Addresses())
        {
            if (network.PoolOf(address.Address) is not { } pool)
            {
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"address {address} of endpoint {request.Id.Short}: it is in no subnet of network {network.Name} "
                        + $"({string.Join(", ", network.Pools.Select(p => p.Subnet))}); choose one of these");
            }

            if (pool.Subnet.PrefixLength != address.PrefixLength)
            {
                throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"address {address} of endpoint {request.Id.Short}: its subnet on network {network.Name} is {pool.Subnet}; give the "
                        + "address with that prefix length");
            }

            RequireAssignable(network, pool, address.Address);
        }
    }

    private static void RequireAssignable(Network network, AddressPool pool, IPAddress address)
    {
        if (!pool.IsIPv6 && pool.Subnet.PrefixLength < 31 // RFC 3021: a subnet of two addresses has neither
            && (address.Equals(pool.Subnet.BaseAddress) || address.Equals(Subnets.Last(pool.Subnet))))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"address {address} on network {network.Name}: it is the network or broadcast address of {pool.Subnet}; choose another "
                    + "inside it");
        }

        if (address.Equals(pool.Gateway))
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"address {address} is already in use on network {network.Name}, by its gateway; choose another");
        }
    }

    // An endpoint whose link is with the host is over when its address is assigned again, although the other program does not say so: it
    // gives up telling a daemon that is away, and assigns no address twice. A MAC address is assigned by users, to two containers at once
    // too: it says nothing of an endpoint that may be about to be taken.
    private void MakeFree(Draft draft, Network network, DateTimeOffset now)
    {
        ModelSnapshot model = draft.Edit.Now;
        foreach (Endpoint other in model.EndpointsOf(network.Id).ToList())
        {
            InterfaceAddress? address = Addresses().FirstOrDefault(address => Has(other, address.Address));
            string? taken = address is not null ? $"address {address.Address}"
                : request.MacAddress is { } mac && other.MacAddress == mac ? $"MAC address {mac}"
                : null;
            Sandbox holder = model[other.Sandbox];
            bool isOver = ForeignEndpoints.IsWithHost(other, draft.Host.Facts)
                && (address is not null ? !joins.IsUnderWay(other.Id) : now >= joins.Until(other.Id, holder.Created));
            if (taken is not null && isOver)
            {
                RemoveSandbox.Remove(draft, holder);
            }
            else if (taken is not null)
            {
                throw new CnmException(
                    CnmErrorKind.Conflict,
                    $"{taken} is already in use on network {network.Name}, by {holder.Name}; choose another");
            }
        }
    }

    private static bool Has(Endpoint endpoint, IPAddress address) =>
        address.Equals(endpoint.IPv4?.Address) || address.Equals(endpoint.IPv6?.Address);
}
