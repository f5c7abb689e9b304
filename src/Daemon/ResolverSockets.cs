using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Controller.Names;
using Net.Dns.Resolver;

namespace Net.Daemon;

/// <summary>Gives the sockets that the engine opens in a sandbox to the DNS server, with the names and upstream servers of that
/// sandbox.</summary>
/// <param name="server">Answers on the sockets.</param>
/// <param name="views">The names and upstream servers of every sandbox.</param>
internal sealed class ResolverSockets(DnsServer server, ResolverViews views) : IResolverSockets
{
    private readonly Dictionary<SandboxId, int> _ports = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public void Add(SandboxId sandbox, Socket udp, Socket tcp)
    {
        lock (_lock)
        {
            server.RemoveClient(sandbox.Value);
            int port = ((IPEndPoint)udp.LocalEndPoint!).Port;
            server.AddClient(sandbox.Value, udp, tcp, views.NamesOf(sandbox), views.UpstreamsOf(sandbox));
            _ports[sandbox] = port;
        }
    }

    /// <inheritdoc/>
    public void Remove(SandboxId sandbox)
    {
        lock (_lock)
        {
            server.RemoveClient(sandbox.Value);
            _ports.Remove(sandbox);
        }
    }

    /// <inheritdoc/>
    public int? PortOf(SandboxId sandbox)
    {
        lock (_lock)
        {
            return _ports.TryGetValue(sandbox, out int port) ? port : null;
        }
    }
}
