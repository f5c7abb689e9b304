using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Ports;

namespace Net.Cnm.Drivers;

/// <summary>One network as its driver sees it: options parsed, ready to say what should exist.</summary>
public interface IDriverNetwork
{
    /// <summary>The kernel link that stands for the network on the host, such as its bridge; null when there is none. Unique among
    /// networks.</summary>
    string? LinkName { get; }

    /// <summary>What interfaces in sandboxes on this network are called before their number.</summary>
    string InterfacePrefix => "eth";

    /// <summary>The host address that ports are published on when none is named; null for all of them.</summary>
    IPAddress? HostBinding => null;

    /// <summary>Whether a family is routed to containers' own addresses, so that publishing a port opens it there and takes no host
    /// port.</summary>
    bool IsRouted(bool ipv6) => false;

    /// <summary>What should exist for the network itself.</summary>
    IReadOnlyList<DesiredObject> Describe();

    /// <summary>What should exist for one endpoint: its link, addresses and published ports. Not its default route, names and files, which
    /// span networks.</summary>
    /// <param name="endpoint">The endpoint, on this network.</param>
    /// <param name="sandbox">The sandbox's namespace.</param>
    /// <param name="ports">The ports published through this endpoint; empty when another endpoint carries them.</param>
    IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports);
}
