using Net.Api.Networks;

namespace Net.Api.Clients;

/// <summary>What can be asked of the daemon about networks. A network is given by name, id or the unique start of an id.</summary>
/// <remarks>Every method throws <see cref="ApiException"/> when the daemon refuses and <see cref="DaemonUnreachableException"/> when no answer comes.
/// A method whose name begins with Explain changes nothing and returns the commands that a person would type for the same.</remarks>
public interface INetworkApi
{
    /// <summary>All networks that pass the filters.</summary>
    /// <param name="filters">Values by filter name (driver, id, name, label); values of one name are alternatives. Empty for all.</param>
    Task<IReadOnlyList<NetworkResource>> ListNetworksAsync(IReadOnlyDictionary<string, IReadOnlyList<string>> filters, CancellationToken cancellationToken);

    /// <summary>One network with its containers.</summary>
    /// <param name="network">Which one.</param>
    /// <param name="verbose">Whether also what its published ports have carried is read.</param>
    Task<NetworkResource> InspectNetworkAsync(string network, bool verbose, CancellationToken cancellationToken);

    /// <summary>Makes a network.</summary>
    Task<NetworkCreateResponse> CreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken);

    /// <summary>What making a network would do.</summary>
    Task<IReadOnlyList<string>> ExplainCreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken);

    /// <summary>Removes a network that has no containers.</summary>
    Task RemoveNetworkAsync(string network, CancellationToken cancellationToken);

    /// <summary>What removing a network would do.</summary>
    Task<IReadOnlyList<string>> ExplainRemoveNetworkAsync(string network, CancellationToken cancellationToken);

    /// <summary>Connects a container to a network.</summary>
    Task ConnectAsync(string network, NetworkConnectRequest request, CancellationToken cancellationToken);

    /// <summary>What connecting would do.</summary>
    Task<IReadOnlyList<string>> ExplainConnectAsync(string network, NetworkConnectRequest request, CancellationToken cancellationToken);

    /// <summary>Disconnects a container from a network.</summary>
    Task DisconnectAsync(string network, NetworkDisconnectRequest request, CancellationToken cancellationToken);

    /// <summary>What disconnecting would do.</summary>
    Task<IReadOnlyList<string>> ExplainDisconnectAsync(string network, NetworkDisconnectRequest request, CancellationToken cancellationToken);
}
