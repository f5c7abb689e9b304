using System.Net;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;

namespace Net.Controller.Findings;

/// <summary>The bridge of a network.</summary>
/// <param name="Name">The interface name.</param>
/// <param name="Network">The network.</param>
/// <param name="HasContainers">Whether a running container is on it.</param>
internal sealed record NetworkBridge(string Name, Network Network, bool HasContainers)
{
    /// <summary>Whether another program made the bridge.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>What passes between it and the outside.</summary>
    public BridgePolicy? Policy { get; init; }

    /// <summary>The subnets of which the host has an address on it.</summary>
    public IReadOnlyList<IPNetwork> Subnets { get; init; } = [];

    /// <summary>Whether containers on it are to reach the outside.</summary>
    public bool ReachesOut => Policy is { Internal: false } && HasContainers;

    /// <summary>The network by name, for findings: <c>network front</c>.</summary>
    public string Words => $"network {Network.Name}";
}
