using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Sandboxes;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Choices;

/// <summary>Chooses what a new endpoint has: its order, interface name, MAC address and addresses.</summary>
internal sealed class EndpointChoices(DriverDirectory drivers)
{
    /// <summary>Makes a new endpoint of a sandbox and adds it to the draft.</summary>
    /// <exception cref="CnmException">InvalidParameter, Forbidden: the request is not possible on this network. Also the errors of the IPAM
    /// driver.</exception>
    public async ValueTask<Endpoint> ChooseAsync(
        Draft draft, Sandbox sandbox, Network network, EndpointRequest request, CancellationToken cancellationToken)
    {
        var options = EndpointOptions.Parse(request.DriverOptions);
        if (network.Plugged is not { HasDriver: true })
        {
            options.RequireKnown();
        }

        ForeignNetworkRule.RequireOwn(network, "connect the container there");
        RequireSettled(network);
        RequirePossible(sandbox, network, request);
        EndpointConflicts.Require(draft.Edit.Now, sandbox, network, request, options);
        INetworkDriver driver = drivers.Of(network);
        int order = draft.Edit.Now.EndpointsOf(sandbox.Id).Select(e => e.Order + 1).LastOrDefault();
        bool hasLink = driver.Capabilities.NeedsAddresses;
        RequireInterface(sandbox, network, request, hasLink);
        IDriverNetwork opened = drivers.Open(network, draft.Host.Facts);
        EthernetAddressRule.Require(network, request.MacAddress, opened);
        var endpoint = new Endpoint
        {
            Id = EndpointId.New(),
            Network = network.Id,
            Sandbox = sandbox.Id,
            Order = order,
            InterfaceName = hasLink ? options.InterfaceName ?? InterfaceNames.Choose(draft, sandbox, opened.InterfacePrefix, order) : "",
            MacAddress = request.MacAddress ?? (hasLink && opened.ChoosesEthernetAddresses ? MacAddress.NewRandom() : null),
            IPv4IsStatic = request.IPv4 is not null,
            IPv6IsStatic = request.IPv6 is not null,
            LinkLocalAddresses = request.LinkLocalAddresses.Count > 0 ? request.LinkLocalAddresses : null,
            DriverOptions = request.DriverOptions.Count > 0 ? request.DriverOptions : null,
            GatewayPriority = request.GatewayPriority,
            Aliases = request.Aliases,
            Plugged = PluggedOf(draft, sandbox, network),
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

    /// <summary>Names the interfaces of a sandbox that is started anew.</summary>
    public void RenewNames(Draft draft, SandboxId id) => InterfaceNames.Renew(draft, id, drivers);

    /// <summary>Chooses addresses in place of those that were released when the sandbox exited: the same ones when they are still
    /// free.</summary>
    public async ValueTask RenewAsync(Draft draft, Endpoint endpoint, CancellationToken cancellationToken)
    {
        Network network = draft.Edit.Now[endpoint.Network];
        if (drivers.Of(network).Capabilities.NeedsAddresses)
        {
            endpoint = endpoint with { Plugged = PluggedOf(draft, draft.Edit.Now[endpoint.Sandbox], network) };
            if (network.Plugged is { HasIpam: true })
            {
                draft.Edit.Put(endpoint);
                return;
            }

            draft.Edit.Put(endpoint with
            {
                IPv4 = endpoint.IPv4 ?? await AgainAsync(draft, network, ipv6: false, endpoint.FormerIPv4, cancellationToken),
                IPv6 = endpoint.IPv6 ?? (SysctlRule.TurnsIPv6Off(draft.Edit.Now[endpoint.Sandbox].Sysctls)
                    ? null
                    : await AgainAsync(draft, network, ipv6: true, endpoint.FormerIPv6, cancellationToken)),
                FormerIPv4 = null,
                FormerIPv6 = null,
            });
        }
    }

    private static async ValueTask<InterfaceAddress?> AddressAsync(
        Draft draft, Sandbox sandbox, Network network, bool ipv6, IPAddress? preferred, CancellationToken cancellationToken) =>
        preferred is null && (!sandbox.HasNetworkStack || (ipv6 && SysctlRule.TurnsIPv6Off(sandbox.Sysctls))) ? null
            : network.Plugged is { HasIpam: true } ? Wanted(network, preferred)
            : await draft.Reservations.TakeAddressAsync(network, ipv6, preferred, cancellationToken);

    // What a plug-in is asked for when the endpoint is made.
    private static InterfaceAddress? Wanted(Network network, IPAddress? preferred) =>
        preferred is null ? null : new InterfaceAddress(preferred, network.PoolOf(preferred)!.Subnet.PrefixLength);

    // An endpoint of which plug-ins have yet to be told.
    private static PluggedEndpoint? PluggedOf(Draft draft, Sandbox sandbox, Network network)
    {
        if (network.Plugged is not { } plugged || !sandbox.HasNetworkStack)
        {
            return null;
        }

        draft.FurtherCommands.Add(
            $"# plug-in {(plugged.HasDriver ? network.Driver : network.IpamDriver)} is asked for an endpoint of {sandbox.Name} on network "
                + network.Name);
        return new PluggedEndpoint();
    }

    private static async ValueTask<InterfaceAddress?> AgainAsync(
        Draft draft, Network network, bool ipv6, InterfaceAddress? former, CancellationToken cancellationToken)
    {
        if (former is not null)
        {
            try
            {
                return await draft.Reservations.TakeAddressAsync(network, ipv6, former.Address, cancellationToken);
            }
            catch (CnmException error) when (error.Kind is CnmErrorKind.Conflict or CnmErrorKind.InvalidParameter)
            {
                // Another endpoint has it by now.
            }
        }

        return await draft.Reservations.TakeAddressAsync(network, ipv6, preferred: null, cancellationToken);
    }

    private static void RequireInterface(Sandbox sandbox, Network network, EndpointRequest request, bool hasLink)
    {
        string? option =
            hasLink ? null
            : request.MacAddress is not null ? "mac-address"
            : request.LinkLocalAddresses.Count > 0 ? "link-local-ip"
            : request.DriverOptions.Count > 0 ? "driver-opt"
            : null;
        if (option is not null)
        {
            throw Invalid(
                $"conflicting options: {option} and the network mode: container {sandbox.Name} gets no interface of its own from network "
                    + $"{network.Name}; leave the option out");
        }
    }

    private static void RequireSettled(Network network)
    {
        if (!network.IsSettled)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"network {network.Name} is not ready: its plug-in is still making it; try again in a moment");
        }
    }

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

        RequireIPv6(sandbox, network, request);
        RequireFamily(network, request.IPv4, AddressFamily.InterNetwork, "IPv4");
        RequireFamily(network, request.IPv6, AddressFamily.InterNetworkV6, "IPv6");
        if (request.Aliases.FirstOrDefault(a => !DomainNameRule.IsObeyedBy(a)) is { } alias)
        {
            throw Invalid(
                $"alias \"{(alias.Length <= 80 ? alias : alias[..77] + "...")}\" of container {sandbox.Name} is not a domain name: "
                    + $"use {DomainNameRule.Description}");
        }
    }

    private static void RequireIPv6(Sandbox sandbox, Network network, EndpointRequest request)
    {
        bool needsIPv6 = request.IPv6 is not null || network is { EnableIPv6: true, EnableIPv4: false };
        if (needsIPv6 && SysctlRule.TurnsIPv6Off(sandbox.Sysctls))
        {
            throw Invalid(
                $"container {sandbox.Name} would need IPv6 on network {network.Name}, and its sysctl disable_ipv6 turns it off; leave the "
                    + "sysctl out, or choose a network with IPv4");
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

        IEnumerable<IPNetwork> subnets = network.Pools.Select(p => p.Subnet).Where(s => s.BaseAddress.AddressFamily == family);
        if (!subnets.Any())
        {
            throw Invalid(
                $"address {address} on network {network.Name}: the network has no {familyName} subnet; "
                    + "leave the address out or choose another network");
        }

        if (!subnets.Any(subnet => subnet.Contains(address)))
        {
            throw Invalid(
                $"invalid config for network {network.Name}: invalid endpoint settings: no configured subnet contains IP address "
                    + $"{address}; choose one of {string.Join(" or ", subnets)}");
        }
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
