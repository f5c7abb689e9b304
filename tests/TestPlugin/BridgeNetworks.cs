using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Net.Tests.TestPlugin;

/// <summary>The networks of the plug-in: each is a bridge that has the gateway's address, each endpoint a veth pair.</summary>
internal sealed class BridgeNetworks(JsonObject state)
{
    /// <summary>Answers a request to the network driver.</summary>
    public JsonObject Answer(string method, JsonObject request)
    {
        string network = (string?)request["NetworkID"] ?? "";
        string endpoint = (string?)request["EndpointID"] ?? "";
        switch (method)
        {
            case "CreateNetwork":
                string gateway = (string?)request["IPv4Data"]?[0]?["Gateway"] ?? throw new InvalidOperationException("no IPv4 subnet");
                Ip($"link add {Bridge(network)} type bridge");
                Ip($"address add {gateway} dev {Bridge(network)}");
                Ip($"link set {Bridge(network)} up");
                Of("networks")[network] = gateway;
                return [];
            case "DeleteNetwork":
                Require(network);
                Ip($"link delete {Bridge(network)}", mayFail: true);
                Of("networks").Remove(network);
                return [];
            case "CreateEndpoint":
                Require(network);
                Of("endpoints")[endpoint] = network;
                return (string?)request["Interface"]?["MacAddress"] is { Length: > 0 }
                    ? []
                    : new JsonObject { ["Interface"] = new JsonObject { ["MacAddress"] = $"02:fe:{Pairs(endpoint)}" } };
            case "Join":
                Ip($"link delete rh{endpoint[..8]}", mayFail: true);
                Ip($"link add rh{endpoint[..8]} type veth peer name rc{endpoint[..8]}");
                Ip($"link set rh{endpoint[..8]} master {Bridge(network)} up");
                return new JsonObject
                {
                    ["InterfaceName"] = new JsonObject { ["SrcName"] = $"rc{endpoint[..8]}", ["DstPrefix"] = "eth" },
                    ["Gateway"] = ((string)Of("networks")[network]!).Split('/')[0],
                    ["StaticRoutes"] = new JsonArray(
                        new JsonObject { ["Destination"] = "198.51.100.0/24", ["RouteType"] = 1 }),
                };
            case "DeleteEndpoint":
                Ip($"link delete rh{endpoint[..8]}", mayFail: true);
                Of("endpoints").Remove(endpoint);
                return [];
            default:
                return [];
        }
    }

    private static string Bridge(string network) => $"rb{network[..8]}";

    private static string Pairs(string id) => string.Join(':', id[..8].Chunk(2).Select(pair => new string(pair)));

    private JsonObject Of(string kind) => (state[kind] ??= new JsonObject()).AsObject();

    private void Require(string network)
    {
        if (!Of("networks").ContainsKey(network))
        {
            throw new InvalidOperationException($"network {network} is not known here");
        }
    }

    private static void Ip(string arguments, bool mayFail = false)
    {
        using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string error = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        if (ip.ExitCode != 0 && !mayFail)
        {
            throw new InvalidOperationException($"ip {arguments}: {error.Trim()}");
        }
    }
}
