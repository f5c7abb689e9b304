using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;

namespace Net.Cnm.Plugins;

/// <summary>A network driver in another program (libnetwork's remote driver). It is told what is to be, and makes the links
/// itself.</summary>
/// <remarks>A request can arrive twice, after a connection that broke, so it must change nothing the second time. Every method throws
/// <see cref="CnmException"/>: Internal when the plug-in refuses or its answer makes no sense, Unavailable when it does not answer within
/// its time.</remarks>
public interface INetworkPlugin
{
    /// <summary>The driver's name.</summary>
    string Name { get; }

    /// <summary>For which families a network to be made needs no gateway address. A plug-in that has no say in it needs both.</summary>
    /// <param name="ipv4">Whether its endpoints have IPv4 addresses.</param>
    /// <param name="ipv6">Whether its endpoints have IPv6 addresses.</param>
    /// <param name="isInternal">Whether it is cut off from everything outside it.</param>
    /// <param name="options">The user's options.</param>
    ValueTask<GatewaySkips> CheckGatewaysAsync(
        bool ipv4, bool ipv6, bool isInternal, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GatewaySkips.None);

    /// <summary>Makes a network, whose subnets have been chosen.</summary>
    ValueTask CreateNetworkAsync(Network network, CancellationToken cancellationToken);

    /// <summary>Removes a network.</summary>
    ValueTask DeleteNetworkAsync(NetworkId network, CancellationToken cancellationToken);

    /// <summary>Makes an endpoint. The plug-in may choose what the endpoint lacks: its addresses and Ethernet address.</summary>
    /// <returns>The endpoint with what the plug-in has chosen.</returns>
    ValueTask<Endpoint> CreateEndpointAsync(Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken);

    /// <summary>Has the plug-in make the endpoint's link, which is then moved into the sandbox.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="sandboxKey">The file that the sandbox's network namespace is bound to.</param>
    /// <param name="ports">The sandbox's ports.</param>
    ValueTask<PluggedEndpoint> JoinAsync(
        Endpoint endpoint, string sandboxKey, PluginPorts ports, CancellationToken cancellationToken);

    /// <summary>Says that the endpoint's link is no longer in its sandbox.</summary>
    ValueTask LeaveAsync(Endpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Removes an endpoint, with all that <see cref="JoinAsync"/> and the methods after it have made.</summary>
    ValueTask DeleteEndpointAsync(Endpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Says that the endpoint has become the sandbox's way out, through which its ports are published.</summary>
    ValueTask ProgramExternalConnectivityAsync(Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken);

    /// <summary>Says that the endpoint is no longer the sandbox's way out.</summary>
    ValueTask RevokeExternalConnectivityAsync(Endpoint endpoint, CancellationToken cancellationToken);
}
