using System.Security.Cryptography;
using System.Text;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Recovery;
using Net.Controller.Stores;
using Net.Daemon.EnginePlugin;
using Net.Daemon.Http;
using Net.Daemon.Settings;
using Net.Daemon.Usage;
using Net.Dns.Resolver;
using Net.Drivers.Bridge;
using Net.Drivers.Host;
using Net.Drivers.Ipam.Default;
using Net.Drivers.Ipam.None;
using Net.Drivers.Ipvlan;
using Net.Drivers.Macvlan;
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
using Net.Linux.Sockets;
using Net.Plugins;
using Net.Shims;

namespace Net.Daemon;

/// <summary>All parts of the daemon, put together by hand: first the model and what reads it, then the resolver, the engine and the
/// controller.</summary>
/// <remarks>What is made here lives as long as the daemon, and is disposed in the opposite order.</remarks>
internal sealed class Composition : IAsyncDisposable
{
    /// <summary>The name of the store in the data root.</summary>
    public const string StoreFile = "netctl.db";

    private readonly IReadOnlyList<INetworkDriver> _drivers;
    private readonly INetctlStore _store;
    private readonly NamespaceThread _threads;
    private readonly DesiredStateEngine _engine;
    private readonly FirewallBackendChoice _choice;
    private readonly IptablesPrograms _programs;
    private readonly PluginDirectory _plugins;
    private readonly ControllerLog _log;

    private Composition(DaemonOptions options, ILoggerFactory loggers)
    {
        TimeProvider time = TimeProvider.System;
        _log = new ControllerLog(loggers.CreateLogger<ControllerLog>());

        // A published port takes one or two descriptors; the containers' commands keep the limit that there was.
        OpenFileLimit limit = OpenFileLimit.Read();
        OpenFileLimit.Raise(wanted: 1 << 20);

        // The model, and what the resolver and the forwarder read from it. It is empty until RecoverAsync.
        var execRoot = new ExecRoot(options.ExecRoot);
        var controllerOptions = new ControllerOptions
        {
            ExecRoot = options.ExecRoot,
            HasDefaultBridge = options.HasDefaultBridge,
            DefaultBridgeLink = options.BridgeName,
            HostGateways = options.HostGateways,
            DefaultBridgeSubnets = DefaultBridge.SubnetsOf(options),
            DefaultBridgeIPv6 = options.BridgeIPv6,
            DefaultBridgeOptions = DefaultBridge.OptionsOf(options),
            PortRange = options.PortRange,
            Resolver = new ResolverConfig { Servers = options.DnsServers, Search = options.DnsSearch, Options = options.DnsOptions },
            Log = options.Log,
        };
        var model = new CnmModel();
        Views = new ResolverViews(model, controllerOptions, _log);
        var peers = new ForwardedPeers(model, LinkNames.Of);

        // The firewall backend, and the watch that sees changes of its rules from here on.
        var own = new OwnProcesses();
        var hostPrograms = new HostPrograms(Environment.GetEnvironmentVariable("PATH"), own.Started);
        _programs = IptablesPrograms.Among(hostPrograms);
        _choice = FirewallBackendChoice.Make(options.FirewallBackend, _programs);
        IptablesVariantConflict.Refuse(_choice);
        FirewallWatch = FirewallWatch.Open(_choice, own);
        Firewall = new FirewalldBackend(
            _choice.Open(_programs, ipv6Available: Directory.Exists("/proc/sys/net/ipv6")), new FirewalldZone(hostPrograms));

        // The resolver, then the engine, which opens sockets for it and changes the kernel.
        _threads = new NamespaceThread(new ShimNamespaces(execRoot.ShimDirectory));
        var faults = new ResolverFaults(loggers.CreateLogger<ResolverFaults>(), time);
        var namespaces = new SandboxNamespaces(_threads, execRoot);
        Dns = new DnsServer(
            new DnsServerOptions { TtlSeconds = (uint)options.NameTimeToLive.TotalSeconds, CacheEntries = options.DnsCacheEntries },
            onFault: faults.Report,
            openNamespace: namespaces.Open);
        var processes = new ShimProcesses(
            execRoot.ShimDirectory,
            options.LogDirectory,
            options.ShimProgram,
            time,
            limit.Hard,
            (sandbox, notice) => _log.Warning($"container {sandbox.Short}: {notice}"));
        ScratchFile.RemoveLeftBehind(options.DataRoot);
        string storePath = Path.Combine(options.DataRoot, StoreFile);
        var store = SqliteStore.Open(storePath, _log, time, new SqliteStoreOptions
        {
            DescribeHolder = files => files.Select(LockHolder.Find).FirstOrDefault(holder => holder is not null)?.ToString(),
            SomethingRuns = processes.AnyRuns,
            LastCommitPath = execRoot.LastCommitPath,
            CopyDirectory = options.ExecRoot,
        });
        _store = new DescribedStore(
            new MirroredStore(store, storePath, execRoot.MirrorDirectory, _log, time), processes, execRoot.PriorValuesPath, _log);
        _engine = new DesiredStateEngine(
            new KernelPaths
            {
                NamespaceDirectory = execRoot.NamespaceDirectory,
                NamespaceLinkDirectory = execRoot.ShimDirectory,
                SandboxDirectory = execRoot.SandboxDirectory,
            },
            _threads, Firewall, new ResolverRewrite(_threads), new ResolverSockets(Dns, Views), _store, peers.Admits);

        // Drivers in other programs, looked for where Docker looks for them.
        _plugins = new PluginDirectory(
            Path.GetFileNameWithoutExtension(EngineSocket.FileName),
            options.PluginDirectory,
            [.. options.PluginDirectory is { } folder ? (string[])[folder] : [], "/etc/docker/plugins", "/usr/lib/docker/plugins"],
            file => RegularFile.ReadText(file, mostBytes: 1 << 20),
            new PluginTimes(),
            time);

        // The controller, which writes the model and tells the engine what should exist.
        _drivers =
            [new BridgeDriver(options.TurnsForwardingOn), new HostDriver(), new NullDriver(), new MacvlanDriver(), new IpvlanDriver()];
        Controller = new NetworkController(
            controllerOptions,
            model,
            _store,
            _drivers,
            [new DefaultIpam(HostId(), options.DefaultAddressPools), new NullIpam()],
            _plugins,
            _engine,
            processes,
            _log,
            time);
        Resolvers = new ResolverHealth(Controller, Views, Dns, namespaces.Open);
        Usage = new UsageReader(Controller, new SandboxCounters(_threads, execRoot), time);
    }

    public NetworkController Controller { get; }

    /// <summary>Finds the DNS servers of containers that do not answer.</summary>
    public ResolverHealth Resolvers { get; }

    /// <summary>Measures what containers use.</summary>
    public UsageReader Usage { get; }

    /// <summary>The names and upstream servers of every container.</summary>
    public ResolverViews Views { get; }

    public IFirewallBackend Firewall { get; }

    /// <summary>Why this backend was chosen and not the other.</summary>
    public string FirewallReason => _choice.Reason;

    /// <summary>Tells of changes of the firewall by others, from before the first look at its rules.</summary>
    public FirewallWatch FirewallWatch { get; }

    public DnsServer Dns { get; }

    /// <summary>Makes all parts and opens their files and sockets. The kernel stays as it is until <see cref="RecoverAsync"/>.</summary>
    public static Composition Create(DaemonOptions options, ILoggerFactory loggers) => new(options, loggers);

    /// <summary>Refuses options for all networks of a driver that this driver cannot take. Those of plug-ins are theirs to judge.</summary>
    /// <exception cref="CnmException">InvalidParameter: an option is unknown or has a wrong value.</exception>
    public void RequireDefaultOptions(DefaultNetworkOptions defaults)
    {
        foreach (INetworkDriver driver in _drivers)
        {
            var sample = new Network
            {
                Id = NetworkId.New(),
                Name = "--default-network-opt",
                Driver = driver.Name,
                Created = DateTimeOffset.UnixEpoch,
                Options = defaults.DriverOptionsOf(driver.Name),
            };
            driver.Open(sample, new HostFacts());
        }
    }

    /// <summary>Brings store, kernel and processes together; call once, first. It is the first step that changes the kernel.</summary>
    /// <remarks>Before that, the rules that an earlier daemon left with the other firewall backend are removed.</remarks>
    public Task<RecoverySummary> RecoverAsync(CancellationToken cancellationToken)
    {
        if (_choice.RemoveOther(_programs) is { } problem)
        {
            _log.Warning(problem);
        }

        if (IptablesVariantConflict.FindLegacyRules(_choice) is { } unseen)
        {
            _log.Warning(unseen);
        }

        return Controller.RecoverAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        _plugins.Dispose();
        Dns.Dispose();
        _engine.Dispose();
        FirewallWatch.Dispose();
        (Firewall as IDisposable)?.Dispose();
        _store.Dispose();
        _threads.Dispose();
    }

    // What makes this host's IPv6 subnets its own: the machine's id (machine-id(5)), hashed, since the id itself is not to be shown to
    // others.
    private static string HostId()
    {
        const string MachineId = "/etc/machine-id";
        string text = File.Exists(MachineId) ? File.ReadAllText(MachineId).Trim() : Environment.MachineName;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"netctl {text}")));
    }
}
