using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;

namespace Net.Cnm.Drivers;

/// <summary>The driver's view of one network: its options are parsed, and it can describe the objects that should exist.</summary>
public interface IDriverNetwork
{
    /// <summary>The name of the kernel link that represents the network on the host, such as its bridge; null when there is none. Unique
    /// among networks.</summary>
    string? LinkName { get; }

    /// <summary>The prefix of interface names in sandboxes on this network; a number follows it. Default "eth".</summary>
    string InterfacePrefix => "eth";

    /// <summary>The host address on which a port is published when the user names none; null for all host addresses.</summary>
    IPAddress? HostBinding => null;

    /// <summary>Whether a family is routed to the containers' own addresses (gateway mode routed), so that publishing a port opens it there
    /// and uses no host port.</summary>
    /// <param name="ipv6">True to ask about IPv6, false for IPv4.</param>
    bool IsRouted(bool ipv6) => false;

    /// <summary>Whether an endpoint gets an Ethernet address of its own. When false, it has that of another link. Default true.</summary>
    bool ChoosesEthernetAddresses => true;

    /// <summary>Whether an endpoint may be given the Ethernet address that a user asks for. Default: when it gets one of its
    /// own.</summary>
    bool TakesEthernetAddresses => ChoosesEthernetAddresses;

    /// <summary>The Ethernet address of the gateway, which no endpoint may have; null where the driver does not give it one.</summary>
    MacAddress? GatewayEthernetAddress => null;

    /// <summary>How containers' default routes lead out by the network. It is asked once, when the network is created. Default
    /// <see cref="WayOut.Gateway"/>.</summary>
    WayOut WayOut => WayOut.Gateway;

    /// <summary>Whether containers need the address of a gateway in a family. Default: where their way out is one.</summary>
    /// <param name="ipv6">True to ask about IPv6, false for IPv4.</param>
    bool NeedsGateway(bool ipv6) => WayOut == WayOut.Gateway;

    /// <summary>The metric of containers' default routes by the network; null for the kernel's. It is asked once, when the network is
    /// created. Default null.</summary>
    uint? RouteMetric => null;

    /// <summary>The link of another program that the network is to stand on, as the host has it; null when it makes its own. It is asked
    /// once, when the network is created. Default null.</summary>
    HostBridge? FindAdopted() => null;

    /// <summary>The addresses of the host on the link that the network's containers will be on; those in the network's subnets are never
    /// assigned. They are asked for once, when the network is created. Default: none.</summary>
    IReadOnlyList<HostAddress> HostAddresses => [];

    /// <summary>The link of the host that the links of containers share; null when they share none. Default null.</summary>
    SharedParent? SharedParent => null;

    /// <summary>Checks the network against the host: its subnets against the host's routes, and the links that it is to stand on. Called
    /// once, when the network is created and its subnets are chosen. The default is that anything will do, as for drivers whose networks
    /// are meant to share a subnet with the host.</summary>
    /// <returns>A sentence for each route of the host that is of less use beside this network.</returns>
    /// <exception cref="Errors.CnmException">Conflict: the host could no longer reach a subnet that it is on itself. InvalidParameter: the
    /// host lacks a link that the options name.</exception>
    IReadOnlyList<string> CheckNew() => [];

    /// <summary>Checks the host addresses that the network's options name against the host's subnets and the network's own. Called once,
    /// when the network is created and its subnets are chosen. The default is that nothing is checked.</summary>
    /// <exception cref="Errors.CnmException">InvalidParameter: an address is not one that a single host has.</exception>
    void CheckHostAddresses()
    {
    }

    /// <summary>Lists the objects that should exist for the network itself.</summary>
    IReadOnlyList<DesiredObject> Describe();

    /// <summary>Lists the objects that should exist for one endpoint: its link, addresses and published ports. The default route, names and
    /// files of the sandbox are not among them, since they depend on all its networks.</summary>
    /// <param name="endpoint">The endpoint, which is on this network.</param>
    /// <param name="sandbox">The network namespace of the sandbox.</param>
    /// <param name="ports">The ports that are published through this endpoint, or opened on its own address; empty when they are published
    /// through another endpoint of the sandbox.</param>
    IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports);
}
