using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Choices;

/// <summary>Chooses what a new endpoint has: its order, interface name, MAC address and addresses.</summary>
internal sealed class EndpointChoices(DriverTable drivers)
{
    /// <summary>Makes a new endpoint of a sandbox and adds it to the draft.</summary>
    /// <exception cref="CnmException">InvalidParameter, Forbidden: the request is not possible on this network. Also the errors of the IPAM
    /// driver.</exception>
    public async ValueTask<Endpoint> ChooseAsync(
        Draft draft, Sandbox sandbox, Network network, EndpointRequest request, CancellationToken cancellationToken)
    {
        RequirePossible(sandbox, network, request);
        INetworkDriver driver = drivers.Require(network.Driver);
        int order = draft.Edit.Now.EndpointsOf(sandbox.Id).Select(e => e.Order + 1).LastOrDefault();
        bool hasLink = driver.Capabilities.NeedsAddresses;
        IDriverNetwork opened = drivers.Open(network, draft.Host.Facts);
        var endpoint = new Endpoint
        {
            Id = EndpointId.New(),
            Network = network.Id,
            Sandbox = sandbox.Id,
            Order = order,
            InterfaceName = hasLink ? $"{opened.InterfacePrefix}{order}" : "",
            MacAddress = request.MacAddress ?? (hasLink && opened.ChoosesEthernetAddresses ? MacAddress.NewRandom() : null),
            IPv4IsStatic = request.IPv4 is not null,
            IPv6IsStatic = request.IPv6 is not null,
            Aliases = request.Aliases,
        };
        if (hasLink)
        {
            endpoint = endpoint with
            {
                IPv4 = await AddressAsync(draft, sandbox, network, ipv6: false, request.IPv4, cancellationToken),
                IPv6 = await AddressAsync(draft, sandbox, network, ipv6: true, request.IPv6, cancellationToken),
            };
        }

        draft.Edit.Put(endpoint);
        return endpoint;
    }

    /// <summary>Chooses new addresses in place of those that were released when the sandbox exited.</summary>
    public async ValueTask RenewAsync(Draft draft, Endpoint endpoint, CancellationToken cancellationToken)
    {
        Network network = draft.Edit.Now[endpoint.Network];
        if (drivers.Require(network.Driver).Capabilities.NeedsAddresses)
        {
            draft.Edit.Put(endpoint with
            {
                IPv4 = endpoint.IPv4 ?? await draft.Reservations.TakeAddressAsync(network, ipv6: false, preferred: null, cancellationToken),
                IPv6 = endpoint.IPv6 ?? await draft.Reservations.TakeAddressAsync(network, ipv6: true, preferred: null, cancellationToken),
            });
        }
    }

    private static async ValueTask<InterfaceAddress?> AddressAsync(
        Draft draft, Sandbox sandbox, Network network, bool ipv6, IPAddress? preferred, CancellationToken cancellationToken) =>
        preferred is null && !sandbox.HasNetworkStack
            ? null
            : await draft.Reservations.TakeAddressAsync(network, ipv6, preferred, cancellationToken);

    private static void RequirePossible(Sandbox sandbox, Network network, EndpointRequest request)
    {
        if (network.IsPredefined && (request.IPv4 is not null || request.IPv6 is not null))
        {
            throw Invalid(
                $"an address for container {sandbox.Name} on network {network.Name}: user specified IP address is supported on user "
                    + "defined networks only");
        }

        if (network.IsPredefined && request.Aliases.Count > 0)
        {
            throw Invalid(
                $"an alias for container {sandbox.Name} on network {network.Name}: network-scoped aliases are only supported for "
                    + "user-defined networks");
        }

        RequireFamily(network, request.IPv4, AddressFamily.InterNetwork, "IPv4");
        RequireFamily(network, request.IPv6, AddressFamily.InterNetworkV6, "IPv6");
        if (request.MacAddress is { } mac && ((mac.ToBytes()[0] & 1) != 0 || mac == default))
        {
            throw Invalid(
                $"MAC address {mac} cannot be an interface's: it is a group address or zero; choose one whose first byte is even, "
                    + "such as 02");
        }

        if (request.Aliases.FirstOrDefault(a => !DomainNameRule.IsObeyedBy(a)) is { } alias)
        {
            throw Invalid(
                $"alias \"{(alias.Length <= 80 ? alias : alias[..77] + "...")}\" of container {sandbox.Name} is not a domain name: "
                    + $"use {DomainNameRule.Description}");
        }
    }

    private static void RequireFamily(Network network, IPAddress? address, AddressFamily family, string familyName)
    {
        if (address is null)
        {
            return;
        }

        if (address.AddressFamily != family)
        {
            throw Invalid($"{address} is not an {familyName} address");
        }

        if (!network.Pools.Any(p => p.Subnet.BaseAddress.AddressFamily == family))
        {
            throw Invalid(
                $"address {address} on network {network.Name}: the network has no {familyName} subnet; "
                    + "leave the address out or choose another network");
        }
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
