using System.Net;
using System.Text.Json;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>A model with something in every property, the same every time: what the stored samples of each schema version hold.</summary>
internal static class SampleModel
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static ModelSnapshot Make() => Change().After;

    public static ModelChange Change()
    {
        var edit = new ModelEdit(ModelSnapshot.Empty);
        var network = new Network
        {
            Id = NetworkId.Parse(new string('1', 64)),
            Name = "front",
            Driver = "bridge",
            Scope = NetworkScope.Local,
            Created = Time,
            Internal = true,
            EnableIPv6 = true,
            Pools =
            [
                new AddressPool
                {
                    Subnet = IPNetwork.Parse("192.0.2.0/24"),
                    Range = IPNetwork.Parse("192.0.2.128/25"),
                    Gateway = IPAddress.Parse("192.0.2.1"),
                    AuxiliaryAddresses = new Dictionary<string, IPAddress> { ["router"] = IPAddress.Parse("192.0.2.2") },
                },
                new AddressPool { Subnet = IPNetwork.Parse("2001:db8::/64"), Gateway = IPAddress.Parse("2001:db8::1") },
            ],
            Options = new Dictionary<string, string> { ["com.docker.network.driver.mtu"] = "1400" },
            Labels = new Dictionary<string, string> { ["stage"] = "test" },
        };
        var sandbox = new Sandbox
        {
            Id = SandboxId.Parse(new string('2', 64)),
            Name = "web",
            HostName = "web.example.org",
            Created = Time,
            State = SandboxState.Running,
            PortSpecs = [new PortSpec { HostAddress = IPAddress.Loopback, ContainerPort = 80, Protocol = PortProtocol.Tcp }],
            Ports =
            [
                new PortMapping { HostAddress = IPAddress.Loopback, HostPort = 32768, ContainerPort = 80, Protocol = PortProtocol.Tcp },
            ],
            ResolverPort = 50000,
            Process = new ProcessConfig
            {
                Command = ["sleep", "9"],
                Environment = ["A=b"],
                WorkingDirectory = "/tmp",
                Terminal = true,
                OpenStandardInput = true,
            },
            AutoRemove = true,
            Labels = new Dictionary<string, string> { ["x"] = "" },
            ProcessId = 77,
            Started = Time.AddSeconds(1),
        };
        var endpoint = new Endpoint
        {
            Id = EndpointId.Parse(new string('3', 64)),
            Network = network.Id,
            Sandbox = sandbox.Id,
            Order = 0,
            InterfaceName = "eth0",
            MacAddress = MacAddress.Parse("02:00:00:00:00:01"),
            IPv4 = InterfaceAddress.Parse("192.0.2.129/24"),
            IPv6 = InterfaceAddress.Parse("2001:db8::2/64"),
            IPv4IsStatic = true,
            Aliases = ["www"],
        };
        edit.Put(network);
        edit.Put(sandbox);
        edit.Put(endpoint);
        edit.Put(new Tombstone { Endpoint = endpoint with { Id = EndpointId.Parse(new string('4', 64)) } });
        return edit.ToChange();
    }

    /// <summary>All of a model as text, to be compared.</summary>
    public static string Text(ModelSnapshot model) => string.Join('\n',
        model.Networks.Select(n => JsonSerializer.Serialize(n, StoreJson.Default.Network))
            .Concat(model.Sandboxes.Select(s => JsonSerializer.Serialize(s, StoreJson.Default.Sandbox)))
            .Concat(model.Sandboxes.SelectMany(s => model.EndpointsOf(s.Id)).Select(
                e => JsonSerializer.Serialize(e, StoreJson.Default.Endpoint)))
            .Concat(model.Tombstones.Select(t => JsonSerializer.Serialize(t, StoreJson.Default.Tombstone))));
}
