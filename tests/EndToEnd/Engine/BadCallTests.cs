using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Calls of the plug-in socket that make no sense: each is an error of the protocol's form, in a sentence, and changes neither
/// the kernel nor the store.</summary>
public sealed class BadCallTests
{
    // A network and an endpoint that are there, and ids of none. They stand for NET, END and NONE in what follows; OWN is the id of the
    // daemon's default network, and SIMILAR that of no endpoint, with the first digits of the one that is there.
    private static readonly string NetworkId = new('a', 64);
    private static readonly string EndpointId = new('b', 64);
    private static readonly string NoId = new('f', 64);

    private static readonly string[] NoIds =
    [
        "", "\"\"", "\"../../etc/passwd\"", "\"/etc/passwd\"", "\"aa/../bb\"", $"\"{new string('a', 63)}\"", $"\"{new string('a', 65)}\"",
        $"\"{new string('A', 64)}\"", $"\"{new string('g', 64)}\"", $"\"{new string('a', 63)}\\u0000\"", $"\" {new string('a', 63)}\"",
        $"\"{new string('x', 100_000)}\"", "null",
    ];

    private static readonly string[] NetworkMethods = ["CreateNetwork", "DeleteNetwork", "CreateEndpoint"];

    private static readonly string[] EndpointMethods =
    [
        "CreateEndpoint", "Join", "Leave", "DeleteEndpoint", "ProgramExternalConnectivity", "RevokeExternalConnectivity",
    ];

    private static readonly (string Method, string Request, string Words)[] Calls =
    [
        // No body, or none that is a document.
        ("NetworkDriver.CreateNetwork", "", "64 lower-case hexadecimal digits"),
        ("NetworkDriver.CreateEndpoint", "", "64 lower-case hexadecimal digits"),
        ("NetworkDriver.Join", "", "64 lower-case hexadecimal digits"),
        ("IpamDriver.RequestAddress", "", "is not reserved with netctl"),
        ("IpamDriver.RequestPool", "", "without an AddressSpace"),
        ("NetworkDriver.CreateNetwork", "{", "not the JSON expected here"),
        ("NetworkDriver.CreateNetwork", "[]", "not the JSON expected here"),
        ("NetworkDriver.CreateNetwork", "\"x\"", "not the JSON expected here"),
        ("NetworkDriver.CreateNetwork", "7", "not the JSON expected here"),
        ("IpamDriver.RequestPool", "nonsense", "not the JSON expected here"),

        // Wrong types.
        ("NetworkDriver.CreateNetwork", """{"NetworkID":12}""", "$.NetworkID"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":["NONE"]}""", "$.NetworkID"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","Options":[]}""", "$.Options"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","IPv4Data":{}}""", "$.IPv4Data"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","IPv4Data":[7]}""", "$.IPv4Data[0]"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","IPv4Data":[null]}""", "a null in a list"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","IPv4Data":[{"Pool":7}]}""", "$.IPv4Data[0].Pool"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","Options":{"com.docker.network.generic":7}}""", "not an object"),
        ("NetworkDriver.CreateNetwork", Created("""{"netctl.ports":7}"""), "is not a text"),
        ("NetworkDriver.CreateNetwork", Created("""{"netctl.ports":null}"""), "is not a text"),
        ("NetworkDriver.CreateEndpoint", """{"NetworkID":"NET","EndpointID":"NONE","Interface":"x"}""", "$.Interface"),
        ("NetworkDriver.CreateEndpoint", """{"NetworkID":"NET","EndpointID":"NONE","Interface":{"Address":7}}""", "$.Interface.Address"),
        ("NetworkDriver.Join", """{"EndpointID":"END","SandboxKey":{}}""", "$.SandboxKey"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("\"x\""), "not a list of ports"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("[null]"), "a null in a list"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":"tcp"}]"""), "not a list of ports"),
        ("IpamDriver.RequestPool", """{"Pool":7}""", "$.Pool"),
        ("IpamDriver.RequestPool", """{"V6":"yes"}""", "$.V6"),
        ("IpamDriver.RequestPool", """{"Options":[]}""", "$.Options"),

        // Values that cannot be.
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE"}""", "neither IPv4 nor IPv6"),
        ("NetworkDriver.CreateNetwork", Created("""{"driver":"overlay"}"""), "is none of bridge, macvlan, ipvlan"),
        ("NetworkDriver.CreateNetwork", Created("""{"driver":"../bridge"}"""), "is none of bridge, macvlan, ipvlan"),
        ("NetworkDriver.CreateNetwork", Created("""{"typo":"1"}"""), "typo"),
        ("NetworkDriver.CreateNetwork", Created("""{"com.docker.network.bridge.name":"../../x"}"""), "com.docker.network.bridge.name"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","Options":{"com.docker.network.internal":"yes"}}""", "true nor false"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"OWN"}""", "is netctl's own network bridge"),
        ("NetworkDriver.CreateNetwork", OnSubnet("10.66.0.9/24"), "10.66.0.9/24"),
        ("NetworkDriver.CreateNetwork", OnSubnet("10.66.0.0/33"), "10.66.0.0/33"),
        ("NetworkDriver.CreateNetwork", OnSubnet("nonsense"), "nonsense"),
        ("NetworkDriver.CreateNetwork", OnSubnet("192.0.2.0/24"), "192.0.2.0/24"), // the host's own
        ("NetworkDriver.CreateNetwork", OnSubnet("10.77.0.0/24"), "10.77.0.0/24"), // that of the network that is there
        ("NetworkDriver.CreateNetwork", OnSubnet("10.77.0.128/25"), "overlaps 10.77.0.0/24"),
        ("NetworkDriver.CreateNetwork", OnSubnet("10.66.0.0/24", gateway: "10.67.0.1/24"), "10.67.0.1"),
        ("NetworkDriver.CreateNetwork", OnSubnet("10.66.0.0/24", gateway: "x"), "gateway"),
        ("NetworkDriver.CreateNetwork", """{"NetworkID":"NONE","IPv6Data":[{"Pool":"10.66.0.0/24"},{"Pool":"10.67.0.0/24"}]}""", "several"),
        ("NetworkDriver.GwAllocCheck", """{"Options":{"com.docker.network.generic":{"driver":"x"}}}""", "is none of bridge"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NONE", "10.77.0.9/24"), "is not known to netctl"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9"), "no IPv4 address with a prefix length"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "fd00::9/64"), "no IPv4 address with a prefix length"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.78.0.9/24"), "in no subnet of network"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9/16"), "with that prefix length"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.2/24"), "already in use"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.1/24"), "gateway"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.0/24"), "network or broadcast address"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.255/24"), "network or broadcast address"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9/24", mac: "nonsense"), "no Ethernet address"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9/24", mac: "03:00:00:00:00:01"), "group address"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9/24", mac: "02:42:aa:aa:aa:aa"), "by its gateway"),
        ("NetworkDriver.CreateEndpoint", Endpoint("NET", "10.77.0.9/24", mac: "02:00:00:00:00:07"), "already in use"),
        ("NetworkDriver.CreateEndpoint", """{"NetworkID":"NET","EndpointID":"NONE","Options":{"typo":"1"}}""", "option typo: netctl knows"),
        ("NetworkDriver.CreateEndpoint", """{"NetworkID":"NET","EndpointID":"SIMILAR"}""", "there is a container with the name engine-"),
        ("NetworkDriver.Join", """{"EndpointID":"NONE"}""", "is not known to netctl"),
        ("NetworkDriver.ProgramExternalConnectivity", """{"EndpointID":"NONE"}""", "is not known to netctl"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":1,"Port":8}]"""), "use tcp, udp or sctp"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":0}]"""), "from 1 to 65535"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":65536}]"""), "from 1 to 65535"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":80,"HostPort":-1}]"""), "from 1 to 65535"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":80,"HostPortEnd":70000}]"""), "from 1 to 65535"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":80,"HostPort":9,"HostPortEnd":8}]"""), "ends at 8"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":80,"HostIP":"x/y"}]"""), "no IP address"),
        ("NetworkDriver.ProgramExternalConnectivity", Published("""[{"Proto":6,"Port":80,"HostIP":"224.0.0.1"}]"""), "224.0.0.1"),
        ("IpamDriver.RequestPool", """{"Pool":"nonsense"}""", "nonsense"),
        ("IpamDriver.RequestPool", """{"Pool":"10.66.0.9/24"}""", "10.66.0.9/24"),
        ("IpamDriver.RequestPool", """{"Pool":"10.66.0.0/24","V6":true}""", "different address families"),
        ("IpamDriver.RequestPool", """{"Pool":"fd00:66::/64"}""", "different address families"),
        ("IpamDriver.RequestPool", """{"Pool":"10.66.0.0/24","Options":{"typo":"1"}}""", "option typo: netctl knows no"),
        ("IpamDriver.RequestPool", """{"Pool":"10.77.0.0/25"}""", "overlaps 10.77.0.0/24"),
        ("IpamDriver.RequestPool", """{"Pool":"10.66.0.0/24","SubPool":"10.67.0.0/25"}""", "10.67.0.0/25"),
        ("IpamDriver.RequestPool", """{"SubPool":"10.66.0.0/25"}""", "without its subnet"),
        ("IpamDriver.RequestAddress", """{"PoolID":"never"}""", "is not reserved with netctl"),
        ("IpamDriver.RequestAddress", """{"PoolID":"../../etc"}""", "is not reserved with netctl"),
        ("IpamDriver.RequestAddress", """{"PoolID":"10.55.0.0/24","Address":"x"}""", "x"),
        ("IpamDriver.RequestAddress", """{"PoolID":"10.55.0.0/24","Address":"10.56.0.1"}""", "10.56.0.1"),
        ("IpamDriver.RequestAddress", """{"PoolID":"10.55.0.0/24","Address":"10.55.0.255"}""", "broadcast"),
        ("IpamDriver.ReleaseAddress", """{"PoolID":"10.55.0.0/24","Address":"x"}""", "x"),
        ("NetworkDriver.Nonsense", "{}", "is no method"),
    ];

    [KernelFact]
    public void What_makes_no_sense_is_an_error_in_a_sentence_and_changes_nothing()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        string large = Large(host);
        string own = host.NetctlOk("network", "ls", "-q", "--no-trunc", "--filter", "name=bridge").Trim();
        string before = State(host);
        IEnumerable<(string, string, string)> withoutIds =
        [
            .. NetworkMethods.SelectMany(method => NoIds.Select(id => ($"NetworkDriver.{method}", Ids(id, $"\"{NoId}\""), "NetworkID"))),
            .. EndpointMethods.SelectMany(
                method => NoIds.Select(id => ($"NetworkDriver.{method}", Ids($"\"{NetworkId}\"", id), "EndpointID"))),
        ];
        var wrong = new List<string>();
        foreach ((string method, string request, string words) in Calls.Concat(withoutIds))
        {
            string body = engine.Post(method, Fill(request).Replace("\"OWN\"", $"\"{own}\"", StringComparison.Ordinal)).Body;
            string field = method.StartsWith("Ipam", StringComparison.Ordinal) ? "Error" : "Err";
            string error = (string?)JsonNode.Parse(body)![field] ?? "";
            if (!error.Contains(words, StringComparison.Ordinal) || error.Contains("   at ", StringComparison.Ordinal)
                || error.Contains('\n', StringComparison.Ordinal) || error.Length > 2000)
            {
                wrong.Add($"{method} {Shorten(request)}: {Shorten(body)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, State(host));
        Assert.DoesNotContain("error nobody expected", host.DaemonLog, StringComparison.Ordinal);
        Assert.Equal(413, engine.Post("NetworkDriver.CreateNetwork", $"@{large}").Status);
        Assert.Equal(before, State(host));
        host.NetctlOk("doctor");
    }

    [KernelFact]
    public void Fields_that_are_not_known_are_passed_over_and_the_case_of_names_does_not_matter()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        string before = State(host);
        foreach ((string method, string request) in ((string, string)[])
            [
                ("NetworkDriver.CreateNetwork", """{"networkid":"NONE","New":[{}],"ipv4data":[{"pool":"10.66.0.0/24","Later":7}]}"""),
                ("NetworkDriver.CreateEndpoint",
                    """{"networkid":"NONE","ENDPOINTID":"NONE","Interface":{"Address":"10.66.0.2/24","New":{}},"Options":{"x":[1]} }"""),
                ("NetworkDriver.Join", """{"EndpointID":"NONE","SandboxKey":"x","Options":{"com.docker.network.portmap":7},"New":null}"""),
                ("NetworkDriver.EndpointOperInfo", """{"EndpointID":"NONE","New":1}"""),
                ("NetworkDriver.DeleteEndpoint", """{"EndpointID":"NONE","New":1}"""),
                ("NetworkDriver.DeleteNetwork", """{"NetworkID":"NONE","New":1}"""),
                ("NetworkDriver.DiscoverNew", """{"DiscoveryType":1,"DiscoveryData":{"Address":"x"}}"""),
            ])
        {
            engine.AskOk(method, JsonNode.Parse(Fill(request))!.AsObject());
        }

        Assert.Equal(before, State(host));
    }

    [KernelFact]
    public void A_link_that_is_gone_is_not_joined_and_its_endpoint_is_removed_all_the_same()
    {
        using TestHost host = TestHost.Create();
        PluginCalls engine = Begin(host);
        string before = State(host);
        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, NoId, "10.77.0.9/24"));
        host.Shell($"ip link delete veth{NoId[..7]}");
        JsonObject joined = engine.Ask("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, NoId));
        Assert.Contains(
            $"another program has removed vp{NoId[..12]}; start the container again", (string?)joined["Err"], StringComparison.Ordinal);
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, NoId));
        Assert.Equal(before, State(host));

        engine.AskOk("NetworkDriver.CreateEndpoint", PluginCalls.NewEndpoint(NetworkId, NoId, "10.77.0.9/24"));
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, NoId));
        host.Shell($"ip link delete veth{NoId[..7]}");
        engine.AskOk("NetworkDriver.ProgramExternalConnectivity", PluginCalls.Endpoint(NetworkId, NoId, PluginCalls.Port(8080, 80)));
        engine.AskOk("NetworkDriver.Leave", PluginCalls.Endpoint(NetworkId, NoId));
        engine.AskOk("NetworkDriver.DeleteEndpoint", PluginCalls.Endpoint(NetworkId, NoId));
        Assert.Equal(before, State(host));
    }

    // A host with a network, an endpoint on it and a reserved subnet.
    private static PluginCalls Begin(TestHost host)
    {
        host.StartDaemon("--firewall-backend", "nftables");
        var engine = new PluginCalls(host);
        engine.AskOk("NetworkDriver.CreateNetwork", PluginCalls.Network(NetworkId));
        JsonObject endpoint = PluginCalls.NewEndpoint(NetworkId, EndpointId);
        endpoint["Interface"]!["MacAddress"] = "02:00:00:00:00:07";
        engine.AskOk("NetworkDriver.CreateEndpoint", endpoint);
        engine.AskOk("NetworkDriver.Join", PluginCalls.Endpoint(NetworkId, EndpointId));
        host.Shell($"ip netns add box; ip link set vp{EndpointId[..12]} netns box"); // as the Engine does when the container starts
        engine.AskOk("IpamDriver.RequestPool", JsonNode.Parse("""{"Pool":"10.55.0.0/24"}""")!.AsObject());
        return engine;
    }

    // What independent programs see of the kernel and of the store.
    // Links that are removed are deleted a little later, and their tombstones leave the store with the next change.
    private static string State(TestHost host) => host.Shell(
        Graves.Script + $"""
        ip -j link | python3 -c 'import json, sys
        print(sorted((link["ifname"], link.get("master"), link["address"]) for link in json.load(sys.stdin)))'
        ip -br address | sort
        nft -j list ruleset | sed 's/"handle": [0-9]*//g; s/"packets": [0-9]*//g; s/"bytes": [0-9]*//g'
        ss -Hltun | awk '{"{print $5}"}' | sort
        python3 -c 'import sqlite3; print("\n".join(sqlite3.connect("{Path.Combine(host.Root, "data", "netctl.db")}").iterdump()))' \
          | grep -v -e freed_addresses -e 'INSERT INTO "tombstones"'
        ls {host.Root} {host.ExecRoot}
        """);

    // A file of 1 MiB and a byte.
    private static string Large(TestHost host)
    {
        string path = Path.Combine(host.Root, "large");
        File.WriteAllText(path, new string(' ', (1 << 20) + 1));
        return path;
    }

    private static string Fill(string request) => request
        .Replace("\"NET\"", $"\"{NetworkId}\"", StringComparison.Ordinal)
        .Replace("\"END\"", $"\"{EndpointId}\"", StringComparison.Ordinal)
        .Replace("\"SIMILAR\"", $"\"{EndpointId[..12]}{NoId[12..]}\"", StringComparison.Ordinal)
        .Replace("\"NONE\"", $"\"{NoId}\"", StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "...";

    private static string Created(string options) =>
        $$$"""{"NetworkID":"NONE","Options":{"com.docker.network.generic":{{{options}}}},"IPv4Data":[{"Pool":"10.66.0.0/24"}]}""";

    private static string OnSubnet(string subnet, string gateway = "") =>
        $$"""{"NetworkID":"NONE","IPv4Data":[{"Pool":"{{subnet}}","Gateway":"{{gateway}}"}]}""";

    private static string Endpoint(string network, string address, string mac = "") =>
        $$$"""{"NetworkID":"{{{network}}}","EndpointID":"NONE","Interface":{"Address":"{{{address}}}","MacAddress":"{{{mac}}}"}}""";

    private static string Published(string ports) => $$"""{"EndpointID":"END","Options":{"com.docker.network.portmap":{{ports}}} }""";

    // A document with these two ids; an empty one is left out.
    private static string Ids(string network, string endpoint) =>
        $"{{{(network.Length > 0 ? $"\"NetworkID\":{network}," : "")}{(endpoint.Length > 0 ? $"\"EndpointID\":{endpoint}," : "")}\"x\":0}}";
}
