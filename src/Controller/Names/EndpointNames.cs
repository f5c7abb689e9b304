using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Names;

/// <summary>The names that a container has on a network.</summary>
public static class EndpointNames
{
    /// <summary>Whether containers on a network find each other by name: on all but the predefined networks.</summary>
    public static bool AreServedOn(Network network) => !network.IsPredefined;

    /// <summary>The container's name, its aliases, its short id and its host name, in Docker's order and each once. The form
    /// <c>NAME.NETWORK</c> of each is served too.</summary>
    /// <returns>An empty list on a network without names.</returns>
    public static IReadOnlyList<string> Of(Sandbox sandbox, Endpoint endpoint, Network network) => AreServedOn(network)
        ? [.. ((string[])[sandbox.Name, .. endpoint.Aliases, sandbox.Id.Short, sandbox.HostName])
            .Distinct(StringComparer.OrdinalIgnoreCase)]
        : [];
}
