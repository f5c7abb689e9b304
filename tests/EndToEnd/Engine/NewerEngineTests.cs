using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Calls that Docker Engine makes since version 28.</summary>
public sealed class NewerEngineTests
{
    private static readonly string NetworkId = new('a', 64);
    private static readonly string OtherId = new('c', 64);
    private static readonly string EndpointId = new('b', 64);
    private static readonly string SixthId = new('d', 64);

    [KernelFact]
    public void Gateway_addresses_are_asked_for_where_containers_need_them()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        Assert.True((bool)engine.AskOk("NetworkDriver.GetCapabilities")["GwAllocChecker"]!);
        foreach ((string options, bool isInternal, bool ipv4, bool ipv6) in ((string, bool, bool, bool)[])
            [
                ("{}", false, false, false),
                ("{}", true, false, false),
                ("""{"com.docker.network.bridge.gateway_mode_ipv4":"isolated"}""", true, true, false),
                ("""{"com.docker.network.bridge.gateway_mode_ipv6":"isolated"}""", true, false, true),
                ("""{"com.docker.network.bridge.gateway_mode_ipv6":"routed"}""", false, false, false),
                ("""{"driver":"macvlan","parent":"lan"}""", false, false, false),
                ("""{"driver":"macvlan"}""", false, true, true),
                ("""{"driver":"ipvlan","parent":"lan","ipvlan_mode":"l3"}""", false, true, true),
                ("""{"driver":"ipvlan","parent":"lan"}""", false, false, false),
            ])
        {
            JsonObject answer = engine.AskOk("NetworkDriver.GwAllocCheck", Options(options, isInternal));
            Assert.True(
                (ipv4, ipv6) == ((bool)answer["SkipIPv4"]!, (bool)answer["SkipIPv6"]!), $"{options}: {answer.ToJsonString()}");
        }
    }

    [KernelFact]
    public void A_network_may_be_without_a_gateway_address_and_without_IPv4()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        JsonObject isolated = Options("""{"com.docker.network.bridge.gateway_mode_ipv4":"isolated"}""", isInternal: true);
        isolated["NetworkID"] = NetworkId;
        isolated["IPv4Data"] = JsonNode.Parse("""[{"AddressSpace":"LocalDefault","Pool":"10.77.0.0/24"}]""");
        engine.AskOk("NetworkDriver.CreateNetwork", isolated);
        Assert.DoesNotContain("10.77.", host.Shell($"ip address show br-{NetworkId[..12]}"), StringComparison.Ordinal);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, EndpointId));
        JsonObject joined = engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId));
        Assert.Equal(("", ""), ((string?)joined["Gateway"], (string?)joined["GatewayIPv6"]));
        Assert.False((bool)joined["DisableGatewayService"]!); // another network may be the way out

        JsonObject six = Options("{}", isInternal: false);
        six["Options"]!["com.docker.network.enable_ipv4"] = false;
        six["Options"]!["com.docker.network.enable_ipv6"] = true;
        six["NetworkID"] = OtherId;
        six["IPv4Data"] = new JsonArray();
        six["IPv6Data"] = JsonNode.Parse("""[{"AddressSpace":"LocalDefault","Pool":"fd00:77::/64","Gateway":"fd00:77::1/64"}]""");
        engine.AskOk("NetworkDriver.CreateNetwork", six);
        JsonObject endpoint = PluginCalls.NewEndpoint(OtherId, SixthId, address: "");
        endpoint["Interface"]!["AddressIPv6"] = "fd00:77::2/64";
        endpoint["Options"]!["com.docker.network.endpoint.ifname"] = "front0"; // the Engine gives the name itself
        endpoint["Options"]!["com.docker.network.endpoint.sysctls"] = "net.ipv4.conf.IFNAME.log_martians=1";
        engine.AskOk("NetworkDriver.CreateEndpoint", endpoint);
        joined = engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(OtherId, SixthId));
        Assert.Equal(("", "fd00:77::1"), ((string?)joined["Gateway"], (string?)joined["GatewayIPv6"]));
        string bridge = host.Shell($"ip -br address show br-{OtherId[..12]}");
        Assert.Contains("fd00:77::1/64", bridge, StringComparison.Ordinal);
        Assert.DoesNotContain(".", bridge, StringComparison.Ordinal);
        host.NetctlOk("doctor");
    }

    [KernelFact]
    public void One_endpoint_may_be_the_way_out_for_IPv4_and_another_for_IPv6_whichever_is_told_first()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        JsonObject both = PluginCalls.Network(OtherId, "10.78.0.0/24", "10.78.0.1/24");
        both["IPv6Data"] = JsonNode.Parse("""[{"Pool":"fd00:78::/64","Gateway":"fd00:78::1/64"}]""");
        engine.AskOk("NetworkDriver.CreateNetwork", both);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, EndpointId));
        JsonObject sixth = PluginCalls.NewEndpoint(OtherId, SixthId, "10.78.0.2/24");
        sixth["Interface"]!["AddressIPv6"] = "fd00:78::2/64";
        engine.AskOk("NetworkDriver.CreateEndpoint", sixth);
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId));
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(OtherId, SixthId));
        string loopback = PluginCalls.Port(8081, 81).Replace("\"HostIP\":\"\"", "\"HostIP\":\"::1\"", StringComparison.Ordinal);
        string ports = $"{PluginCalls.Port(8080, 80)},{loopback}";
        JsonObject fourth = PluginCalls.Endpoint(NetworkId, EndpointId, ports);
        fourth["Options"]!["com.docker.network.driver.private.no_proxy_6to4"] = true;
        JsonObject last = PluginCalls.Endpoint(OtherId, SixthId, ports);
        foreach (JsonObject[] order in (JsonObject[][])[[fourth, last], [last, fourth], [fourth, last, fourth]])
        {
            foreach (JsonObject told in order)
            {
                engine.AskOk("NetworkDriver.ProgramExternalConnectivity", told);
            }

            Assert.Equal("80/tcp -> 0.0.0.0:8080", host.NetctlOk("port", $"engine-{EndpointId[..12]}"));
            Assert.Equal("80/tcp -> [::]:8080\n81/tcp -> [::1]:8081", host.NetctlOk("port", $"engine-{SixthId[..12]}"));
            host.NetctlOk("doctor");
            foreach (JsonObject told in order)
            {
                engine.AskOk("NetworkDriver.RevokeExternalConnectivity", told);
            }

            Assert.Equal("", host.NetctlOk("ps", "--format", "{{.Ports}}").Trim());
        }

        // With one way out for both, all is published there.
        engine.AskOk("NetworkDriver.ProgramExternalConnectivity", PluginCalls.Endpoint(OtherId, SixthId, PluginCalls.Port(8080, 80)));
        Assert.Equal("80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080", host.NetctlOk("port", $"engine-{SixthId[..12]}"));
    }

    private static JsonObject Options(string generic, bool isInternal)
    {
        JsonObject request = JsonNode.Parse(
            $$"""
            {"Options":{"com.docker.network.enable_ipv4":true,"com.docker.network.enable_ipv6":true,
             "com.docker.network.generic":{{generic}} } }
            """)!.AsObject();
        if (isInternal)
        {
            request["Options"]!["com.docker.network.internal"] = true;
        }

        return request;
    }
}
