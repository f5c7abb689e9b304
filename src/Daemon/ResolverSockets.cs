using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Identifiers;
using Net.Controller;
using Net.Dns.Resolver;

namespace Net.Daemon;

/// <summary>Hands the sockets that the engine opens in sandboxes to the DNS server, with the names and servers the controller gives each of them.</summary>
/// <param name="server">Answers on the sockets.</param>
internal sealed class ResolverSockets(DnsServer server) : IResolverSockets
{
    private readonly Dictionary<SandboxId, int> _ports = [];
    private readonly Lock _lock = new();
    private NetworkController? _controller;

    /// <summary>Raised when a sandbox has no resolver any more.</summary>
    public event Action<SandboxId>? Removed;

    /// <summary>Says where names and servers come from. Called once, before the first socket comes: the controller and the engine need each other.</summary>
    public void Serve(NetworkController controller)
    {
        _controller = controller;
        controller.UpstreamsChanged += sandbox => server.UpdateUpstreams(sandbox.Value, controller.UpstreamsOf(sandbox));
    }

    /// <inheritdoc/>
    public void Add(SandboxId sandbox, Socket udp, Socket tcp)
    {
        NetworkController controller = _controller ?? throw new InvalidOperationException("sockets came before the names to answer with");
        lock (_lock)
        {
            server.RemoveClient(sandbox.Value);
            int port = ((System.Net.IPEndPoint)udp.LocalEndPoint!).Port;
            server.AddClient(sandbox.Value, udp, tcp, controller.NamesOf(sandbox), controller.UpstreamsOf(sandbox));
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

        Removed?.Invoke(sandbox);
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
