using System.Net;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Requests;

namespace Net.Controller.Rules;

/// <summary>Refuses what another endpoint has already: an Ethernet or link-local address on the same network, an interface name in the same
/// sandbox. Endpoints of sandboxes that do not run count too, since they keep all of these for their next start.</summary>
internal static class EndpointConflicts
{
    /// <summary>Compares a request with the endpoints that exist.</summary>
    /// <exception cref="CnmException">Conflict: another endpoint has what is requested. InvalidParameter: an address is no link-local
    /// address, or is given twice.</exception>
    public static void Require(
        ModelSnapshot model, Sandbox sandbox, Network network, EndpointRequest request, EndpointOptions options)
    {
        if (options.InterfaceName is { } name && model.EndpointsOf(sandbox.Id).FirstOrDefault(e => e.InterfaceName == name) is { } own)
        {
            throw Conflict(
                $"interface name {name} of container {sandbox.Name} is that of its interface on network {model[own.Network].Name}; choose "
                    + "another");
        }

        RequireLinkLocal(sandbox, request.LinkLocalAddresses);
        if (request.MacAddress is null && request.LinkLocalAddresses.Count == 0)
        {
            return;
        }

        foreach (Endpoint other in model.EndpointsOf(network.Id))
        {
            if (request.MacAddress is { } mac && other.MacAddress == mac)
            {
                throw Conflict(
                    $"MAC address {mac} is already in use on network {network.Name}, by container {model[other.Sandbox].Name}; choose "
                        + "another, or none to have one chosen");
            }

            if (request.LinkLocalAddresses.FirstOrDefault(address => Has(other, address)) is { } taken)
            {
                throw Conflict(
                    $"link-local IP address {taken} is already in use on network {network.Name}, by container "
                        + $"{model[other.Sandbox].Name}; choose another");
            }
        }
    }

    private static void RequireLinkLocal(Sandbox sandbox, IReadOnlyList<IPAddress> addresses)
    {
        if (addresses.FirstOrDefault(address => !LinkLocal.Contains(address)) is { } wrong)
        {
            throw Invalid($"invalid link-local IP address {wrong}: choose one of 169.254.0.0/16 or fe80::/10");
        }

        if (addresses.GroupBy(address => address).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Invalid($"link-local IP address {twice.Key} of container {sandbox.Name} is given twice; give it once");
        }
    }

    private static bool Has(Endpoint endpoint, IPAddress address) =>
        endpoint.LinkLocalAddresses?.Contains(address) == true
            || (endpoint.HasIPv6 && endpoint.MacAddress is { } mac && mac.ToLinkLocal().Equals(address));

    private static CnmException Conflict(string message) => new(CnmErrorKind.Conflict, message);

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
