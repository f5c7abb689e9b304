using Microsoft.Data.Sqlite;
using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Models;
using Net.Controller.Names;
using Net.Controller.Requests;
using Net.Controller.Stores;
using Net.Dns.Files;
using Net.Drivers.Bridge;
using Net.Drivers.Host;
using Net.Drivers.Ipvlan;
using Net.Drivers.Macvlan;
using Net.Drivers.None;

namespace Net.Tests.Unit.Controller;

/// <summary>A controller on a store file, the real drivers, a kernel in memory and shims in memory. Can be restarted as a daemon
/// is.</summary>
internal sealed class ControllerUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private Settings _settings;

    private ControllerUnderTest(Settings settings)
    {
        _settings = settings;
        File.WriteAllText(
            Path.Combine(_directory.FullName, "resolv.conf"), "nameserver 192.0.2.53\nnameserver 127.0.0.53\nsearch example.org\n");
        (Store, Model, Controller, Views) = Start();
    }

    public FakeEngine Engine { get; } = new();

    public FakeProcesses Processes { get; } = new();

    public RememberingLog Log { get; } = new();

    public RecordingIpam Ipam { get; private set; } = new();

    /// <summary>The controller's store, whose disk can be full.</summary>
    public StoreOnFullDisk Store { get; private set; }

    /// <summary>The controller's model, for those who only read it.</summary>
    public CnmModel Model { get; private set; }

    public NetworkController Controller { get; private set; }

    /// <summary>What the embedded resolver would read from the controller's model.</summary>
    public ResolverViews Views { get; private set; }

    /// <summary>The controller's clock.</summary>
    public TimeProvider Time => _settings.Time;

    public string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    /// <summary>What a test may set of the controller's options.</summary>
    public sealed record Settings
    {
        public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

        public bool HasDefaultBridge { get; init; } = true;

        public IReadOnlyList<SubnetRequest> DefaultBridgeSubnets { get; init; } = [];

        public INetworkDriver Bridge { get; init; } = new BridgeDriver();

        public TimeProvider Time { get; init; } = TimeProvider.System;

        public IPluginDirectory Plugins { get; init; } = new NoPlugins();

        public LogLimits Log { get; init; } = LogLimits.Default;
    }

    public static async Task<ControllerUnderTest> CreateAsync(Settings? settings = null)
    {
        var made = new ControllerUnderTest(settings ?? new Settings());
        await made.Controller.RecoverAsync(default);
        return made;
    }

    /// <summary>Ends the controller, and starts the next one on the same store; recovery is up to the test.</summary>
    /// <param name="change">Changes the settings.</param>
    /// <param name="isKilled">Whether the store is left open, as kill -9 would.</param>
    public async Task RestartAsync(Func<Settings, Settings>? change = null, bool isKilled = false)
    {
        _settings = change?.Invoke(_settings) ?? _settings;
        await Controller.DisposeAsync();
        using var other = new SqliteConnection($"Data Source={StorePath};Pooling=False");
        if (isKilled)
        {
            other.Open();
            new SqliteCommand("SELECT * FROM networks", other).ExecuteNonQuery(); // the last who has the store open removes its log
        }

        Store.Dispose();
        if (isKilled)
        {
            File.WriteAllText(StorePath + "-state", "open");
        }

        Ipam = new RecordingIpam();
        (Store, Model, Controller, Views) = Start();
    }

    /// <summary>Changes the host's resolv.conf; nobody is told.</summary>
    public void WriteHostResolver(string text) => File.WriteAllText(Path.Combine(_directory.FullName, "resolv.conf"), text);

    /// <summary>What the store says, read by somebody else, but for the tombstones that the next change takes out of it.</summary>
    public ModelSnapshot Stored()
    {
        ModelSnapshot stored = StoredAsItIs();
        IEnumerable<OwnerId> finished = stored.TombstonesByOwner.Keys.Except(Controller.Snapshot.TombstonesByOwner.Keys);
        return stored with { TombstonesByOwner = stored.TombstonesByOwner.RemoveRange(finished) };
    }

    /// <summary>What the store says, read by somebody else.</summary>
    public ModelSnapshot StoredAsItIs()
    {
        using SqliteStore other = SqliteStore.Open(StorePath, Log, TimeProvider.System);
        return other.Load();
    }

    /// <summary>Everything in the model, as text, to be compared.</summary>
    /// <param name="model">The model.</param>
    /// <param name="withExits">Whether with the exit codes of containers.</param>
    public static string Text(ModelSnapshot model, bool withExits = true) => string.Join('\n',
        model.Networks.Select(n => $"{n.Id} {n.Name} {string.Join(' ', n.Pools.Select(p => $"{p.Subnet} {p.Gateway}"))}")
            .Concat(
                model.Sandboxes.Select(
                    s => $"{s.Id} {s.Name} {s.State} {s.Mode} {s.ResolverPort} {(withExits ? s.ExitCode : null)} "
                        + string.Join(' ', s.Ports)))
            .Concat(
                model.Sandboxes.SelectMany(s => model.EndpointsOf(s.Id))
                    .Select(
                        e =>
                            $"{e.Id} {e.Network} {e.Sandbox} {e.InterfaceName} {e.MacAddress} {e.IPv4} {e.IPv6} "
                                + $"{string.Join(' ', e.Aliases)}"))
            .Concat(model.Tombstones.Select(t => $"buried {t.Owner}")));

    public Task<SandboxCreated> CreateAsync(
        string name, string? network = null, bool run = false, bool autoRemove = false, params PortSpec[] ports) =>
        Controller.CreateSandbox(
            new SandboxCreateRequest
            {
                Name = name,
                Networks = network is null ? [] : [new EndpointRequest { Network = network }],
                PortSpecs = ports,
                AutoRemove = autoRemove,
                Process = run ? new ProcessConfig { Command = ["true"] } : null,
            }).RunAsync(default);

    public async Task<SandboxCreated> RunAsync(string name, string? network = null, bool autoRemove = false, params PortSpec[] ports)
    {
        SandboxCreated created = await CreateAsync(name, network, run: true, autoRemove, ports);
        await Controller.StartSandbox(name, attach: false).RunAsync(default);
        return created;
    }

    public async Task<Network> NetworkAsync(string name, bool ipv6 = false, bool isInternal = false)
    {
        var request = new NetworkCreateRequest { Name = name, EnableIPv6 = ipv6, Internal = isInternal };
        return (await Controller.CreateNetwork(request).RunAsync(default)).Network;
    }

    /// <summary>The object in the kernel with this <see cref="DesiredObject.Label"/>.</summary>
    public T Object<T>(string label)
        where T : DesiredObject => Assert.IsType<T>(Assert.Single(Engine.Kernel.Values, o => o.Label == label));

    public string EtcFile(string sandbox, string file) =>
        Object<SandboxFile>($"file:/run/test/containers/{Controller.FindSandbox(sandbox).Id}/{file}").Content;

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        Store.Dispose();
        _directory.Delete(recursive: true);
    }

    private (StoreOnFullDisk Store, CnmModel Model, NetworkController Controller, ResolverViews Views) Start()
    {
        var store = new StoreOnFullDisk(SqliteStore.Open(StorePath, Log, TimeProvider.System));
        var options = new ControllerOptions
        {
            ExecRoot = "/run/test",
            HostName = "host.example.org",
            Resolver = _settings.Resolver,
            HasDefaultBridge = _settings.HasDefaultBridge,
            DefaultBridgeSubnets = _settings.DefaultBridgeSubnets,
            Log = _settings.Log,
            HostResolver = new HostResolverFile(Path.Combine(_directory.FullName, "resolv.conf"), "/nowhere"),
        };
        var model = new CnmModel();
        var controller = new NetworkController(
            options,
            model,
            store,
            [_settings.Bridge, new HostDriver(), new NullDriver(), new MacvlanDriver(), new IpvlanDriver()],
            [Ipam],
            _settings.Plugins,
            Engine,
            Processes,
            Log,
            _settings.Time);
        return (store, model, controller, new ResolverViews(model, options, Log));
    }
}
