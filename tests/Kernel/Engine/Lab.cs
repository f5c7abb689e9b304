using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;
using EngineUnderTest = global::Net.Kernel.DesiredStateEngine;

namespace Net.Tests.Kernel.Engine;

/// <summary>An engine in a throw-away host, and what ip(8) and sysctl(8) see there.</summary>
internal sealed class Lab : IDisposable
{
    public Lab(HostNamespace host, string? backend = null, TimeProvider? time = null)
    {
        Host = host;
        Paths = new global::Net.Kernel.KernelPaths { NamespaceDirectory = host.Directory + "/netns" };
        IResolverRewrite rewrite = backend is null ? Resolver : new global::Net.Firewall.ResolverRewrite(host.Threads);
        IFirewallBackend firewall = backend switch
        {
            null => Firewall,
            "iptables" => new IptablesBackend(new IptablesPrograms(Environment.GetEnvironmentVariable("PATH"))),
            _ => NftablesBackend.Open(host.Threads.Home),
        };
        Engine = new EngineUnderTest(Paths, host.Threads, firewall, rewrite, Resolver, Priors, time: time);
        Shape = new BridgeShape(host.Directory);
    }

    public HostNamespace Host { get; }

    public global::Net.Kernel.KernelPaths Paths { get; }

    public EngineUnderTest Engine { get; }

    public MemoryFirewall Firewall { get; } = new();

    public MemoryResolver Resolver { get; } = new();

    public MemoryPriorValues Priors { get; } = new();

    public BridgeShape Shape { get; }

    /// <summary>Runs a test body with a lab.</summary>
    /// <param name="body">The test.</param>
    /// <param name="backend">iptables or nftables for real rules; null for a firewall in memory.</param>
    /// <param name="time">The engine's clock; null for that of the system.</param>
    public static void Run(Action<Lab> body, string? backend = null, TimeProvider? time = null) => HostNamespace.Run(host =>
    {
        using var lab = new Lab(host, backend, time);
        body(lab);
    });

    public void Add(params IEnumerable<DesiredObject> things) =>
        Assert.Empty(Engine.Apply(new StateChange([.. things], [], [])));

    public IReadOnlyList<string> Remove(params IEnumerable<DesiredObject> things) => Engine.Apply(new StateChange([], [], [.. things]));

    /// <summary>Everything that ip and sysctl see, here and in the sandboxes, and the files; indexes, counters and random addresses
    /// masked.</summary>
    public string Snapshot()
    {
        var lines = new List<string> { Witness.See(null) };
        if (Directory.Exists(Paths.NamespaceDirectory))
        {
            foreach (string path in Directory.EnumerateFiles(Paths.NamespaceDirectory).Order())
            {
                lines.Add($"{path}: {Witness.See(path)}");
            }
        }

        if (Directory.Exists("/run/netns"))
        {
            lines.AddRange(Directory.EnumerateFileSystemEntries("/run/netns").Order());
        }

        lines.AddRange(Directory.EnumerateFiles(Host.Directory, "*", SearchOption.AllDirectories).Order()
            .Where(file => !file.StartsWith(Paths.NamespaceDirectory, StringComparison.Ordinal))
            .Select(file => $"{file}: {File.ReadAllText(file)}"));
        return string.Join('\n', lines);
    }

    public void Dispose() => Engine.Dispose();
}
