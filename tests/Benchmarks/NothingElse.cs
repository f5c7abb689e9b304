using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;

namespace Net.Tests.Benchmarks;

/// <summary>A firewall, a resolver and a store that are not part of what is measured.</summary>
internal sealed class NothingElse : IFirewallBackend, IResolverRewrite, IResolverSockets, IPriorValues
{
    public string Name => "nothing";

    public void Change(FirewallChange change)
    {
    }

    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired) => new([], []);

    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
    }

    public IReadOnlyList<string> Explain(FirewallChange change) => [];

    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => [];

    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) => null;

    public IReadOnlyList<string> FindObstacles() => [];

    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => [];

    public IReadOnlyList<string> FindLegacyTables() => [];

    public void RemoveAll()
    {
    }

    public void Install(NamespaceRef sandbox, ushort port)
    {
    }

    public void Remove(NamespaceRef sandbox)
    {
    }

    public ushort? Observe(NamespaceRef sandbox) => null;

    public IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port) => [];

    public void Add(SandboxId sandbox, Socket udp, Socket tcp)
    {
        udp.Dispose();
        tcp.Dispose();
    }

    public void Remove(SandboxId sandbox)
    {
    }

    public int? PortOf(SandboxId sandbox) => null;

    public void Remember(string key, string value)
    {
    }

    public IReadOnlyDictionary<string, string> All() => new Dictionary<string, string>();

    public void Forget(string key)
    {
    }
}
