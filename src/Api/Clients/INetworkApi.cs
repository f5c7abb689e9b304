using Net.Api.Networks;

namespace Net.Api.Clients;

/// <summary>The requests about networks. A network is given by name, id or unique id prefix.</summary>
/// <remarks>
/// Every method whose name ends in Async sends a request; it throws <see cref="ApiException"/> when the daemon refuses and
/// <see cref="DaemonUnreachableException"/> when no answer comes. The others return a change that can be run or explained. A reference that
/// no path can carry is a <see cref="FormatException"/> at once.
/// </remarks>
public interface INetworkApi
{
    /// <summary>All networks that pass the filters.</summary>
    /// <param name="filters">Values by filter name (dangling, driver, id, label, name, scope, type); values of one name are alternatives,
    /// except labels, which must all be there. Empty for all.</param>
    Task<IReadOnlyList<NetworkResource>> ListNetworksAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken);

    /// <summary>One network with its containers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="verbose">Whether the traffic of its published ports is read too.</param>
    Task<NetworkResource> InspectNetworkAsync(string network, bool verbose, CancellationToken cancellationToken);

    /// <summary>Creates a network.</summary>
    ApiOperation<NetworkCreateResponse> CreateNetwork(NetworkCreateRequest request);

    /// <summary>Removes a network that has no containers.</summary>
    /// <param name="network">Its name, id or the beginning of its id.</param>
    /// <param name="force">Whether one of Docker Engine's is removed too, which the Engine has forgotten.</param>
    ApiOperation RemoveNetwork(string network, bool force = false);

    /// <summary>Removes all networks that no container uses.</summary>
    /// <param name="filters">Values by filter name (label, label!, until). Empty for all.</param>
    ApiOperation<NetworkPruneResponse> PruneNetworks(IReadOnlyDictionary<string, IReadOnlyList<string>> filters);

    /// <summary>Connects a container to a network.</summary>
    ApiOperation Connect(string network, NetworkConnectRequest request);

    /// <summary>Disconnects a container from a network.</summary>
    ApiOperation Disconnect(string network, NetworkDisconnectRequest request);
}
