using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Rules;

/// <summary>What <c>host-gateway</c> stands for in lines of /etc/hosts: the addresses that the daemon was given for it, else those that the
/// host has on the default network.</summary>
internal static class HostGatewayRule
{
    private const string DefaultNetwork = "bridge";

    /// <summary>The addresses, IPv4 first; empty when there is no default network.</summary>
    /// <param name="given">The addresses that the daemon was given, at most one for each family.</param>
    /// <param name="model">The model that has the default network.</param>
    public static IReadOnlyList<IPAddress> AddressesOf(IReadOnlyList<IPAddress> given, ModelSnapshot model) =>
        given.Count > 0 ? [.. given.OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)]
        : model.NetworkNames.TryGetValue(DefaultNetwork, out NetworkId id)
            ? [.. model[id].Pools.OrderBy(pool => pool.IsIPv6).Select(pool => pool.Gateway).OfType<IPAddress>()]
            : [];

    /// <summary>Returns the entries when each of them has an address.</summary>
    /// <exception cref="CnmException">InvalidParameter: one asks for the host's address, and there is none.</exception>
    public static IReadOnlyList<HostEntry>? Require(
        IReadOnlyList<HostEntry>? entries, IReadOnlyList<IPAddress> given, ModelSnapshot model) =>
        entries is not { Count: > 0 } ? null
        : entries.All(entry => entry.Address is not null) || AddressesOf(given, model).Count > 0 ? entries
        : throw new CnmException(
            CnmErrorKind.InvalidParameter,
            $"unable to derive the IP value for {HostEntry.HostGateway}: there is no network {DefaultNetwork}; give the address instead");
}
