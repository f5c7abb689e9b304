using System.Net.Sockets;
using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>Answers DNS queries on the sockets that the engine has opened in sandboxes' network namespaces.</summary>
public interface IResolverSockets
{
    /// <summary>Starts to answer queries on two sockets, and takes ownership of both.</summary>
    /// <param name="sandbox">The sandbox whose queries arrive on the sockets.</param>
    /// <param name="udp">A UDP socket bound to a port of 127.0.0.11.</param>
    /// <param name="tcp">A TCP socket that listens on the same address and port.</param>
    void Add(SandboxId sandbox, Socket udp, Socket tcp);

    /// <summary>Stops answering a sandbox and closes its sockets. Does nothing when it has none.</summary>
    void Remove(SandboxId sandbox);

    /// <summary>The port on which a sandbox is currently answered; null when it is not.</summary>
    int? PortOf(SandboxId sandbox);
}
