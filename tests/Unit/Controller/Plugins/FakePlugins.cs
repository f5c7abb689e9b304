using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;
using Net.Plugins.Networks;

namespace Net.Tests.Unit.Controller.Plugins;

/// <summary>Plug-ins in memory: every name that begins with "wires" is a network driver, every one that begins with "book" an IPAM driver.
/// They know what they were told, and a test may hold each question up or refuse it.</summary>
internal sealed class FakePlugins : IPluginDirectory
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Called with each question, such as "wires Join", before it is done.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What they were asked, in order.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>What they hold: networks, endpoints, joined endpoints, ways out, pools and addresses.</summary>
    public IReadOnlyList<string> Known
    {
        get
        {
            lock (_lock)
            {
                return [.. _known.Order(StringComparer.Ordinal)];
            }
        }
    }

    public string Hint => "";

    public INetworkDriver Describe(string name) => new RemoteDriver(name);

    public ValueTask<INetworkPlugin?> FindNetworkDriverAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<INetworkPlugin?>(name.StartsWith("wires", StringComparison.Ordinal) ? new Driver(this, name) : null);

    public ValueTask<IIpamPlugin?> FindIpamDriverAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IIpamPlugin?>(name.StartsWith("book", StringComparison.Ordinal) ? new Ipam(this, name) : null);

    private async Task CallAsync(
        string name, string method, CancellationToken cancellationToken, string? adds = null, string? removes = null)
    {
        lock (_lock)
        {
            _calls.Add($"{name} {method}");
        }

        await Before($"{name} {method}", cancellationToken);
        lock (_lock)
        {
            if (adds is not null)
            {
                _known.Add(adds);
            }

            if (removes is not null)
            {
                _known.Remove(removes);
            }
        }
    }

    private sealed class Driver(FakePlugins all, string name) : INetworkPlugin
    {
        public string Name => name;

        public async ValueTask CreateNetworkAsync(Network network, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "CreateNetwork", cancellationToken, adds: $"network {network.Id}");

        public async ValueTask DeleteNetworkAsync(NetworkId network, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "DeleteNetwork", cancellationToken, removes: $"network {network}");

        public async ValueTask<Endpoint> CreateEndpointAsync(Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken)
        {
            await all.CallAsync(name, "CreateEndpoint", cancellationToken, adds: $"endpoint {endpoint.Id}");
            return endpoint with { MacAddress = endpoint.MacAddress ?? MacAddress.NewRandom() };
        }

        public async ValueTask<PluggedEndpoint> JoinAsync(
            Endpoint endpoint, string sandboxKey, PluginPorts ports, CancellationToken cancellationToken)
        {
            await all.CallAsync(name, "Join", cancellationToken, adds: $"joined {endpoint.Id}");
            return new PluggedEndpoint
            {
                IsReady = true,
                SourceLink = $"rc{endpoint.Id.Value[..8]}",
                Gateway = IPAddress.Parse("10.77.0.1"),
            };
        }

        public async ValueTask LeaveAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "Leave", cancellationToken, removes: $"joined {endpoint.Id}");

        public async ValueTask DeleteEndpointAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "DeleteEndpoint", cancellationToken, removes: $"endpoint {endpoint.Id}");

        public async ValueTask ProgramExternalConnectivityAsync(
            Endpoint endpoint, PluginPorts ports, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "Program", cancellationToken, adds: $"out {endpoint.Id} {ports.Published.Count} ports");

        public async ValueTask RevokeExternalConnectivityAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            await all.CallAsync(name, "Revoke", cancellationToken);
            lock (all._lock)
            {
                all._known.RemoveWhere(known => known.StartsWith($"out {endpoint.Id}", StringComparison.Ordinal));
            }
        }
    }

    private sealed class Ipam(FakePlugins all, string name) : IIpamPlugin
    {
        public string Name => name;

        public bool RequiresEthernetAddress => false;

        public ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken) =>
            RequestPoolAsync(request, _ => Task.CompletedTask, cancellationToken);

        public async ValueTask<AddressPool> RequestPoolAsync(
            PoolRequest request, Func<AddressPool, Task> record, CancellationToken cancellationToken)
        {
            await all.CallAsync(name, "RequestPool", cancellationToken, adds: "pool");
            var pool = new AddressPool { Id = "pool", Subnet = IPNetwork.Parse("10.99.0.0/24") };
            await record(pool);
            pool = pool with { Gateway = IPAddress.Parse("10.99.0.1") };
            await all.CallAsync(name, "RequestGateway", cancellationToken, adds: "address 10.99.0.1");
            await record(pool);
            return pool;
        }

        public async ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken)
        {
            if (pool.Gateway is { } gateway)
            {
                await ReleaseAddressAsync(pool, gateway, cancellationToken);
            }

            await all.CallAsync(name, "ReleasePool", cancellationToken, removes: "pool");
        }

        public ValueTask<InterfaceAddress> RequestAddressAsync(
            AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken) =>
            RequestAddressAsync(pool, preferred, mac: null, cancellationToken);

        public async ValueTask<InterfaceAddress> RequestAddressAsync(
            AddressPool pool, IPAddress? preferred, MacAddress? mac, CancellationToken cancellationToken)
        {
            // The lowest that is free, whichever is preferred.
            int last = 2;
            while (all.Known.Contains($"address 10.99.0.{last}"))
            {
                last++;
            }

            await all.CallAsync(name, "RequestAddress", cancellationToken, adds: $"address 10.99.0.{last}");
            return InterfaceAddress.Parse($"10.99.0.{last}/24");
        }

        public async ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) =>
            await all.CallAsync(name, "ReleaseAddress", cancellationToken, removes: $"address {address}");

        public ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) =>
            ReleaseAddressAsync(pool, address, cancellationToken);

        public void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null)
        {
        }

        public ValueTask ReplayAsync(
            AddressPool pool,
            IReadOnlyDictionary<string, string> options,
            IEnumerable<IPAddress> addresses,
            CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
