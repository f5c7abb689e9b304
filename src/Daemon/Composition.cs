using System.Net;
using System.Security.Cryptography;
using System.Text;
using Net.Cnm.Firewalls;
using Net.Controller;
using Net.Controller.Stores;
using Net.Dns.Resolver;
using Net.Drivers.Bridge;
using Net.Drivers.Host;
using Net.Drivers.Ipam.Default;
using Net.Drivers.None;
using Net.Firewall;
using Net.Firewall.Firewalld;
using Net.Firewall.Iptables;
using Net.Firewall.Obstacles;
using Net.Firewall.Programs;
using Net.Firewall.Watches;
using Net.Kernel;
using Net.Linux;
using Net.Linux.Processes;
using Net.Shims;

namespace Net.Daemon;

/// <summary>The whole daemon, wired by hand. What is made here lives as long as the daemon, and is disposed in the opposite order.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly NamespaceThread _threads;
    private readonly DesiredStateEngine _engine;

    private Composition(
        NetworkController controller, IFirewallBackend firewall, string firewallReason, FirewallWatch firewallWatch, DesiredStateEngine engine, SqliteStore store,
        NamespaceThread threads, DnsServer dns, ResolverSockets resolverSockets)
    {
        Controller = controller;
        Firewall = firewall;
        FirewallReason = firewallReason;
        FirewallWatch = firewallWatch;
        _engine = engine;
        _store = store;
        _threads = threads;
        Dns = dns;
        ResolverSockets = resolverSockets;
    }

    public NetworkController Controller { get; }

    public IFirewallBackend Firewall { get; }

    /// <summary>Why this backend and not the other.</summary>
    public string FirewallReason { get; }

    /// <summary>Tells of changes of the firewall by others, from before the first look at its rules.</summary>
    public FirewallWatch FirewallWatch { get; }

    public DnsServer Dns { get; }

    /// <summary>Tells whose resolver has gone.</summary>
    public ResolverSockets ResolverSockets { get; }

    public static Composition Create(DaemonOptions options, ILoggerFactory loggers)
    {
        TimeProvider time = TimeProvider.System;
        var log = new ControllerLog(loggers.CreateLogger<ControllerLog>());

        // A published port takes a descriptor, or two; the containers' commands keep the limit that there was.
        OpenFileLimit limit = OpenFileLimit.Read();
        OpenFileLimit.Raise(wanted: 1 << 20);

        // What the kernel is changed through.
        var threads = new NamespaceThread();
        var own = new OwnProcesses();
        var hostPrograms = new HostPrograms(Environment.GetEnvironmentVariable("PATH"), own.Started);
        var programs = IptablesPrograms.Among(hostPrograms);
        FirewallBackendChoice choice = FirewallBackendChoice.Make(options.FirewallBackend, programs);
        IptablesVariantConflict.Refuse(choice);
        var watch = FirewallWatch.Open(choice, own);
        IFirewallBackend firewall = new FirewalldBackend(
            choice.Open(programs, ipv6Available: Directory.Exists("/proc/sys/net/ipv6")), new FirewalldZone(hostPrograms));
        if (choice.RemoveOther(programs) is { } problem)
        {
            log.Warning(problem);
        }

        if (IptablesVariantConflict.FindLegacyRules(choice) is { } unseen)
        {
            log.Warning(unseen);
        }

        var faults = new ResolverFaults(loggers.CreateLogger<ResolverFaults>(), time);
        var dns = new DnsServer(
            new DnsServerOptions { TtlSeconds = (uint)options.NameTimeToLive.TotalSeconds, CacheEntries = options.DnsCacheEntries },
            onFault: faults.Report,
            openNamespace: new SandboxNamespaces(threads, options.ExecRoot).Open);
        var sockets = new ResolverSockets(dns);
        SqliteStore store = SqliteStore.Open(Path.Combine(options.DataRoot, "netctl.db"), log, time);
        Func<IPAddress, bool> admits = _ => false; // until there is a controller to ask
        var engine = new DesiredStateEngine(
            new KernelPaths
            {
                NamespaceDirectory = Path.Combine(options.ExecRoot, "netns"),
                SandboxDirectory = Path.Combine(options.ExecRoot, "containers"),
            },
            threads, firewall, new ResolverRewrite(threads), sockets, store, peer => admits(peer));

        // What decides.
        var controller = new NetworkController(
            new ControllerOptions
            {
                ExecRoot = options.ExecRoot,
                DefaultBridgeAddress = options.BridgeAddress,
                DefaultBridgeOptions = DefaultBridge.OptionsOf(options),
                PortRange = options.PortRange,
                DnsServers = options.DnsServers,
            },
            store,
            [new BridgeDriver(), new HostDriver(), new NullDriver()],
            [new DefaultIpam(HostId(), options.DefaultAddressPools)],
            engine,
            new ShimProcesses(Path.Combine(options.ExecRoot, "shims"), options.Program, time, limit.Hard),
            log,
            time);
        admits = peer => ForwardedPeers.Admits(controller.Snapshot, peer);
        sockets.Serve(controller);
        return new Composition(controller, firewall, choice.Reason, watch, engine, store, threads, dns, sockets);
    }

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        Dns.Dispose();
        _engine.Dispose();
        FirewallWatch.Dispose();
        (Firewall as IDisposable)?.Dispose();
        _store.Dispose();
        _threads.Dispose();
    }

    // What makes this host's IPv6 subnets its own: the machine's id (machine-id(5)), hashed, since the id itself is not to be shown to others.
    private static string HostId()
    {
        const string MachineId = "/etc/machine-id";
        string text = File.Exists(MachineId) ? File.ReadAllText(MachineId).Trim() : Environment.MachineName;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"netctl {text}")));
    }
}
