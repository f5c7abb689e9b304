using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Calls of Docker Engine whose requests depend on the answers before them.</summary>
public sealed class CallSequenceTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string EndpointId = new('b', 64);

    [KernelFact]
    public void An_endpoint_that_the_engine_could_not_delete_gives_its_address_to_the_next()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        string before = KernelState.Of(host);
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
        Assert.Equal(before, KernelState.Of(host));
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
}
