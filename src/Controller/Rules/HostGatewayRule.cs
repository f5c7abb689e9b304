using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Rules;

/// <summary>What <c>host-gateway</c> stands for in lines of /etc/hosts: the addresses that the host has on the default network.</summary>
internal static class HostGatewayRule
{
    private const string DefaultNetwork = "bridge";

    /// <summary>The addresses, IPv4 first; empty when there is no default network.</summary>
    public static IReadOnlyList<IPAddress> AddressesOf(ModelSnapshot model) =>
        model.NetworkNames.TryGetValue(DefaultNetwork, out NetworkId id)
            ? [.. model[id].Pools.OrderBy(pool => pool.IsIPv6).Select(pool => pool.Gateway).OfType<IPAddress>()]
            : [];

    /// <summary>Returns the entries when each of them has an address.</summary>
    /// <exception cref="CnmException">InvalidParameter: one asks for the host's address, and there is none.</exception>
    public static IReadOnlyList<HostEntry>? Require(IReadOnlyList<HostEntry>? entries, ModelSnapshot model) =>
        entries is not { Count: > 0 } ? null
        : entries.All(entry => entry.Address is not null) || AddressesOf(model).Count > 0 ? entries
        : throw new CnmException(
            CnmErrorKind.InvalidParameter,
            $"unable to derive the IP value for {HostEntry.HostGateway}: there is no network {DefaultNetwork}; give the address instead");
}
