using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;
using Net.Cnm.Plugins;

namespace Net.Cnm.Endpoints;

/// <summary>The connection of a sandbox to one network: an interface and its addresses. Everything that the user left open has been
/// chosen.</summary>
public sealed record Endpoint
{
    /// <summary>The id of the endpoint, which also names its kernel objects.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>The network that the endpoint is on.</summary>
    public required NetworkId Network { get; init; }

    /// <summary>The sandbox that the endpoint belongs to.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>The position of the endpoint in the order of connection, counted from 0. With the prefix of the driver it makes the
    /// interface name: eth0, eth1 and so on.</summary>
    public required int Order { get; init; }

    /// <summary>The name of the interface in the sandbox.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The Ethernet address of the interface; null for a driver that creates no links.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The IPv4 address of the interface; null when it has none.</summary>
    public InterfaceAddress? IPv4 { get; init; }

    /// <summary>The IPv6 address of the interface; null when it has none.</summary>
    public InterfaceAddress? IPv6 { get; init; }

    /// <summary>The addresses that it has of the two families, IPv4 first.</summary>
    public IEnumerable<InterfaceAddress> Addresses => ((InterfaceAddress?[])[IPv4, IPv6]).OfType<InterfaceAddress>();

    /// <summary>Whether the user asked for <see cref="IPv4"/>, so that the endpoint keeps it when the sandbox is restarted.</summary>
    public bool IPv4IsStatic { get; init; }

    /// <summary>Whether the user asked for <see cref="IPv6"/>, so that the endpoint keeps it when the sandbox is restarted.</summary>
    public bool IPv6IsStatic { get; init; }

    /// <summary>The IPv4 address that the endpoint had when its sandbox exited, if the user did not ask for it: the endpoint gets it
    /// again at the next start when it is still free. Null for none.</summary>
    public InterfaceAddress? FormerIPv4 { get; init; }

    /// <summary>The same for IPv6.</summary>
    public InterfaceAddress? FormerIPv6 { get; init; }

    /// <summary>Further link-local addresses of the interface that the user asked for; null for none.</summary>
    public IReadOnlyList<IPAddress>? LinkLocalAddresses { get; init; }

    /// <summary>The options of the endpoint as the user gave them (<see cref="EndpointOptions"/>); null for none.</summary>
    public IReadOnlyDictionary<string, string>? DriverOptions { get; init; }

    /// <summary>The priority of the endpoint for the default routes of its sandbox: the highest one gets them. Default 0.</summary>
    public int GatewayPriority { get; init; }

    /// <summary>Whether the interface has IPv6.</summary>
    public bool HasIPv6 =>
        IPv6 is not null || LinkLocalAddresses?.Any(address => address.AddressFamily == AddressFamily.InterNetworkV6) == true;

    /// <summary>Additional DNS names of the sandbox on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of other sandboxes on this network that are resolved for this sandbox only. Such a name takes precedence over an
    /// equal name of the network.</summary>
    public IReadOnlyList<PrivateName> PrivateNames { get; init; } = [];

    /// <summary>What plug-ins know of the endpoint and have answered; null while none knows of it.</summary>
    public PluggedEndpoint? Plugged { get; init; }

    /// <summary>Whether everything about the endpoint has been decided, so that it can be made in the kernel. False while a plug-in is
    /// asked.</summary>
    public bool IsSettled => Plugged is null or { IsReady: true };
}
