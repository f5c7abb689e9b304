using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Kernel;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>An engine with a real firewall in a throw-away host, the bench's network in place.</summary>
internal sealed class BenchBackend : IDisposable
{
    private readonly IFirewallBackend _firewall;

    private BenchBackend(HostNamespace host, string name)
    {
        var programs = new IptablesPrograms(Environment.GetEnvironmentVariable("PATH"));
        _firewall = FirewallBackendChoice.Make(name, programs).Open(programs, ipv6Available: true);
        var nothing = new NothingElse();
        Engine = new DesiredStateEngine(
            new KernelPaths { NamespaceDirectory = host.Directory + "/netns", NamedNamespaceDirectory = null },
            host.Threads,
            _firewall,
            nothing,
            nothing,
            nothing);
        Engine.Apply(new StateChange([BenchPort.Network], [], []));
    }

    /// <summary>Both backends' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nftables", "iptables"];

    public DesiredStateEngine Engine { get; }

    /// <summary>Runs a measurement in a host of its own.</summary>
    public static void Run(string name, Action<HostNamespace, BenchBackend> body) => HostNamespace.Run(host =>
    {
        using var backend = new BenchBackend(host, name);
        body(host, backend);
    });

    public void Add(IReadOnlyList<DesiredObject> objects) => Engine.Apply(new StateChange(objects, [], []));

    public void Remove(IReadOnlyList<DesiredObject> objects)
    {
        IReadOnlyList<string> left = Engine.Apply(new StateChange([], [], objects));
        if (left.Count > 0)
        {
            throw new InvalidOperationException(string.Join("; ", left));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        (_firewall as IDisposable)?.Dispose();
    }
}
