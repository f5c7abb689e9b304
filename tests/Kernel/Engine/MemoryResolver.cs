using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;

namespace Net.Tests.Kernel.Engine;

/// <summary>Keeps resolver sockets and rewrites without answering or rewriting.</summary>
internal sealed class MemoryResolver : IResolverSockets, IResolverRewrite
{
    private readonly Dictionary<SandboxId, (Socket Udp, Socket Tcp)> _sockets = [];
    private readonly Dictionary<string, ushort> _rewrites = [];

    public void Add(SandboxId sandbox, Socket udp, Socket tcp) => _sockets.Add(sandbox, (udp, tcp));

    public void Remove(SandboxId sandbox)
    {
        if (_sockets.Remove(sandbox, out (Socket Udp, Socket Tcp) pair))
        {
            pair.Udp.Dispose();
            pair.Tcp.Dispose();
        }
    }

    public int? PortOf(SandboxId sandbox) =>
        _sockets.TryGetValue(sandbox, out (Socket Udp, Socket Tcp) pair) ? ((System.Net.IPEndPoint)pair.Udp.LocalEndPoint!).Port : null;

    public void Install(NamespaceRef sandbox, ushort port) => _rewrites[sandbox.Path!] = port;

    public void Remove(NamespaceRef sandbox) => _rewrites.Remove(sandbox.Path!);

    public ushort? Observe(NamespaceRef sandbox) => _rewrites.TryGetValue(sandbox.Path!, out ushort port) ? port : null;

    public IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port) => [$"# port 53 of {sandbox} leads to {port}"];
}
