using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
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

    public bool Refuses { get; set; }

    /// <summary>Thrown by every installation; null for none.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Thrown by every look; null for none.</summary>
    public Exception? ObserveFault { get; set; }

    public void Install(NamespaceRef sandbox, ushort port) => _rewrites[sandbox.Path!] =
        Fault is not null ? throw Fault
        : Refuses ? throw new CnmException(CnmErrorKind.Unavailable, "the rewrite is refused")
        : port;

    public void Remove(NamespaceRef sandbox) => _rewrites.Remove(sandbox.Path!);

    public ushort? Observe(NamespaceRef sandbox) =>
        ObserveFault is not null ? throw ObserveFault
        : _rewrites.TryGetValue(sandbox.Path!, out ushort port) ? port
        : null;

    public IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port) => [$"# port 53 of {sandbox} leads to {port}"];
}
