using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>The calls that Docker Engine makes for a network and a container on it, as they were recorded: each sequence also cut short
/// after every call, with every call doubled, and in other orders. Once the endpoint and the network are deleted, nothing is left in the
/// kernel.</summary>
public sealed class CallSequenceTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string EndpointId = new('b', 64);

    private static readonly (string Method, JsonObject Request)[] Recorded =
    [
        ("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId)),
        ("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, EndpointId)),
        ("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId, PluginCalls.Port(8080, 80))),
        ("NetworkDriver.ProgramExternalConnectivity", PluginCalls.Endpoint(NetworkId, EndpointId, PluginCalls.Port(8080, 80))),
        ("NetworkDriver.EndpointOperInfo", PluginCalls.Endpoint(NetworkId, EndpointId)),
        ("NetworkDriver.RevokeExternalConnectivity", PluginCalls.Endpoint(NetworkId, EndpointId)),
        ("NetworkDriver.Leave", PluginCalls.Endpoint(NetworkId, EndpointId)),
        ("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, EndpointId)),
        ("NetworkDriver.DeleteNetwork", PluginCalls.Network(NetworkId)),
    ];

    // By their numbers above. What follows a call that cannot be done yet is answered with an error or not at all.
    private static readonly int[][] Orders =
    [
        [1, 0, 1], // an endpoint before its network
        [0, 2, 1, 2, 3], // joined before it is made
        [0, 1, 3, 2], // ports before the link is taken
        [0, 1, 2, 3, 7, 5, 6], // the farewells after the end
        [0, 1, 2, 3, 8, 7], // the network before its endpoint
        [0, 1, 2, 5, 3, 5, 3], // the way out given, taken and given again
        [0, 1, 2, 6, 2, 3], // left and joined again
        [5, 6, 7, 8], // of what never was
    ];

    [KernelFact]
    public void Whatever_came_before_it_the_end_leaves_nothing()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        string before = Kernel(host);
        for (int count = 0; count <= Recorded.Length; count++)
        {
            foreach (int times in (int[])[1, 2])
            {
                foreach ((string method, JsonObject request) in Recorded[..count])
                {
                    for (int time = 0; time < times; time++)
                    {
                        engine.AskOk(method, request);
                    }
                }

                End(engine);
                Assert.True(before == Kernel(host), $"after {count} calls, each {times} times: {Kernel(host)}\n{host.DaemonLog}");
            }
        }

        foreach (int[] order in Orders)
        {
            foreach (int call in order)
            {
                engine.Ask(Recorded[call].Method, Recorded[call].Request);
            }

            End(engine);
            Assert.True(before == Kernel(host), $"after {string.Join(' ', order)}: {Kernel(host)}\n{host.DaemonLog}");
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void Cut_short_by_the_death_of_the_daemon_the_end_leaves_nothing_either()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        string before = Kernel(host);
        foreach (int count in (int[])[1, 2, 4, 6])
        {
            foreach ((string method, JsonObject request) in Recorded[..count])
            {
                engine.AskOk(method, request);
            }

            host.KillDaemon();
            host.StartDaemon();
            End(engine);
            Assert.True(before == Kernel(host), $"after {count} calls: {Kernel(host)}\n{host.DaemonLog}");
        }
    }

    [KernelFact]
    public void An_endpoint_that_the_engine_could_not_delete_gives_its_address_to_the_next()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        string before = Kernel(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, EndpointId));
        string link = (string)engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId))["InterfaceName"]!["SrcName"]!;
        host.Shell($"ip netns add box && ip link set {link} netns box");
        string next = new('c', 64);
        Assert.Contains(
            "already in use",
            (string)engine.Ask("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, next))["Err"]!,
            StringComparison.Ordinal);

        // The Engine moves the link back when the container ends. What it says then is lost: no daemon is there for a while.
        host.KillDaemon();
        host.Shell($"ip -n box link set {link} netns {host.HolderId} && ip netns delete box");
        host.StartDaemon();
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, next));
        Assert.Equal($"engine-{next[..12]}", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, next));
        engine.AskOk("NetworkDriver.DeleteNetwork", PluginCalls.Network(NetworkId));
        Assert.Equal(before, Kernel(host));
    }

    [KernelFact]
    public void Addresses_are_reserved_and_given_back_as_the_engine_asks()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        JsonObject pool = engine.AskOk("IpamDriver.RequestPool", Document(
            """{"AddressSpace":"netctl-local","Pool":"","SubPool":"","Options":{},"V6":false}"""));
        string id = (string)pool["PoolID"]!;
        string gateway = (string)engine.AskOk("IpamDriver.RequestAddress", Document(
            $$"""{"PoolID":"{{id}}","Address":"","Options":{"RequestAddressType":"com.docker.network.gateway"} }"""))["Address"]!;
        Assert.Contains(".1/", gateway, StringComparison.Ordinal);
        string subnet = (string)pool["Pool"]!;
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId, subnet, gateway));
        Assert.Contains(gateway, host.Shell($"ip -br address show br-{NetworkId[..12]}"), StringComparison.Ordinal);
        host.NetctlOk("network", "create", "own");
        Assert.DoesNotContain(subnet, host.NetctlOk("network", "inspect", "own"), StringComparison.Ordinal);

        host.KillDaemon();
        host.StartDaemon();
        string address = (string)engine.AskOk("IpamDriver.RequestAddress", Document($$"""{"PoolID":"{{id}}","Address":""}"""))["Address"]!;
        Assert.NotEqual(gateway, address);
        JsonObject taken = engine.Ask("IpamDriver.RequestAddress", Document(
            $$"""{"PoolID":"{{id}}","Address":"{{address.Split('/')[0]}}"}"""));
        Assert.Contains("in use", (string)taken["Error"]!, StringComparison.Ordinal);

        // Docker Engine gives addresses and subnet back before it deletes the network.
        foreach (string given in (string[])[address, gateway])
        {
            engine.AskOk("IpamDriver.ReleaseAddress", Document($$"""{"PoolID":"{{id}}","Address":"{{given.Split('/')[0]}}"}"""));
        }

        engine.AskOk("IpamDriver.ReleasePool", Document($$"""{"PoolID":"{{id}}"}"""));
        engine.AskOk("NetworkDriver.DeleteNetwork", PluginCalls.Network(NetworkId));
        host.NetctlOk("network", "create", "--subnet", subnet, "again");
    }

    private static JsonObject Document(string json) => JsonNode.Parse(json)!.AsObject();

    private static void End(PluginCalls engine)
    {
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, EndpointId));
        engine.AskOk("NetworkDriver.DeleteNetwork", PluginCalls.Network(NetworkId));
    }

    private static string Kernel(TestHost host) => host.Shell(
        Graves.Script + """
        ip -br link | awk '{print $1}' | sort
        ip -br address | awk '$1 != "netctl0"' | sort
        iptables-save -t nat | grep -c -- '-p tcp' || true
        nft list ruleset | grep -c 8080 || true
        ss -Hltn | awk '{print $4}' | sort
        """);
}
