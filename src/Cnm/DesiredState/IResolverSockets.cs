using System.Net.Sockets;
using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>Takes the sockets that the engine opened in a sandbox's namespace and answers DNS on them.</summary>
public interface IResolverSockets
{
    /// <summary>Begins to answer. Takes ownership of both sockets.</summary>
    /// <param name="sandbox">Who asks on them.</param>
    /// <param name="udp">Bound to 127.0.0.11 and a port.</param>
    /// <param name="tcp">Listening on the same.</param>
    void Add(SandboxId sandbox, Socket udp, Socket tcp);

    /// <summary>Stops answering and closes the sockets; nothing happens when there are none.</summary>
    void Remove(SandboxId sandbox);

    /// <summary>The port that is answered for a sandbox now, or null.</summary>
    int? PortOf(SandboxId sandbox);
}
