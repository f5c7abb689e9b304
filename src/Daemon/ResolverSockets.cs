using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Controller.Names;
using Net.Dns.Resolver;

namespace Net.Daemon;

/// <summary>Hands the sockets that the engine opens in sandboxes to the DNS server, with the names and servers the controller gives each of them.</summary>
/// <param name="server">Answers on the sockets.</param>
internal sealed class ResolverSockets(DnsServer server) : IResolverSockets
{
    private readonly Dictionary<SandboxId, int> _ports = [];
    private readonly Lock _lock = new();

    /// <summary>Where names and servers come from. Set once, before the first socket comes: the controller and the engine need each other.</summary>
    public ISandboxResolution? Resolution { get; set; }

    /// <inheritdoc/>
    public void Add(SandboxId sandbox, Socket udp, Socket tcp)
    {
        ISandboxResolution resolution = Resolution ?? throw new InvalidOperationException("sockets came before the names to answer with");
        lock (_lock)
        {
            server.RemoveClient(sandbox.Value);
            int port = ((System.Net.IPEndPoint)udp.LocalEndPoint!).Port;
            server.AddClient(sandbox.Value, udp, tcp, resolution.NamesOf(sandbox), resolution.UpstreamsOf(sandbox));
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
