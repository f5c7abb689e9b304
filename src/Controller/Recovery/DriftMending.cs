using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Models;

namespace Net.Controller.Recovery;

/// <summary>Tells whether what may have been changed by another program is to be there at all: what the daemon has removed itself, or what
/// went with a container that has ended, looks the same from outside.</summary>
internal static class DriftMending
{
    /// <summary>Whether one of these owners is to have something in the kernel.</summary>
    /// <param name="model">The model.</param>
    /// <param name="owners">Owners by their tags, or sandboxes by their ids.</param>
    public static bool Concerns(ModelSnapshot model, IReadOnlySet<string> owners) =>
        owners.Contains(OwnerId.Host.Tag) || owners.Any(tag => IsWanted(model, tag));

    private static bool IsWanted(ModelSnapshot model, string tag) =>
        EndpointId.TryParse(tag, out EndpointId endpoint)
        && (model.EndpointsById.TryGetValue(endpoint, out Endpoint? own)
            ? model[own.Sandbox].HasNetworkStack
            : model.NetworksById.ContainsKey(NetworkId.Parse(tag)) || model.Find(SandboxId.Parse(tag)) is { HasNetworkStack: true });
}
