using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Daemon.Http;

/// <summary>Explains why a container has no resolver, and what would give it one.</summary>
internal static class ResolverAbsence
{
    private const string Remedy = "connect it to a network made with \"netctl network create\"";

    /// <summary>The error, a Conflict.</summary>
    public static CnmException Of(Sandbox sandbox, ModelSnapshot snapshot) => new(CnmErrorKind.Conflict, sandbox switch
    {
        { HasNetworkStack: false } => $"container {sandbox.Name} is not running and asks nothing; start it first",
        { Mode: NetworkMode.Host } =>
            $"container {sandbox.Name} has the host's network and no resolver of its own: "
                + "it asks the servers of the host's /etc/resolv.conf, so ask without --container",
        { Mode: NetworkMode.Container, SharesStackOf: { } other } =>
            $"container {sandbox.Name} has the network of container {snapshot.Find(other)?.Name ?? other.Short} and its resolver: ask with "
                + "--container of that one",
        _ when snapshot.EndpointsOf(sandbox.Id).Any(e => snapshot[e.Network].IsDefaultBridge) =>
            $"container {sandbox.Name} has no resolver of its own, for on the network \"bridge\" there are no names: {Remedy}",
        _ => $"container {sandbox.Name} has no resolver, for it is on no network with names: {Remedy}",
    });
}
