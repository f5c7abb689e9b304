using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Calls the daemon's plug-in socket as Docker Engine does: HTTP POST without a Content-Type.</summary>
/// <param name="host">The host.</param>
/// <param name="socket">The file that stands for the socket; null where the daemon has a folder of plug-ins of its own.</param>
internal sealed class PluginCalls(TestHost host, string? socket = null)
{
    /// <summary>The file that stands for the socket.</summary>
    public string Socket => socket ?? Path.Combine(host.Root, "plugins", "netctl.sock");

    /// <summary>Calls a method and gives status and body.</summary>
    public (int Status, string Body) Post(string method, string body)
    {
        Output output = host.Run(
            "curl", "-sS", "--unix-socket", Socket, "-H", "Content-Type:", "-H", "Host;", "-X", "POST", "--data-binary", body,
            "-w", "\n%{http_code}", $"http://plugin/{method}");
        Assert.True(output.ExitCode == 0, $"{method}: {output}\n{host.DaemonLog}");
        int end = output.StandardOutput.LastIndexOf('\n');
        return (int.Parse(output.StandardOutput[(end + 1)..]), output.StandardOutput[..end]);
    }

    /// <summary>Calls a method and gives its answer, whatever it says.</summary>
    public JsonObject Ask(string method, JsonObject? request = null)
    {
        (int status, string body) = Post(method, request?.ToJsonString() ?? "");
        Assert.True(status is 200, $"{method}: {status} {body}\n{host.DaemonLog}");
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>Calls a method and demands that its answer is no error.</summary>
    public JsonObject AskOk(string method, JsonObject? request = null)
    {
        JsonObject answer = Ask(method, request);
        Assert.False(answer.ContainsKey("Err") || answer.ContainsKey("Error"), $"{method}: {answer.ToJsonString()}\n{host.DaemonLog}");
        return answer;
    }

    /// <summary>The document of a network with one IPv4 subnet.</summary>
    public static JsonObject Network(string id, string subnet = "10.77.0.0/24", string gateway = "10.77.0.1/24", string options = "{}") =>
        JsonNode.Parse(
            $$"""
            {"NetworkID":"{{id}}",
             "Options":{"com.docker.network.enable_ipv6":false,"com.docker.network.generic":{{options}} },
             "IPv4Data":[{"AddressSpace":"LocalDefault","Pool":"{{subnet}}","Gateway":"{{gateway}}"}],"IPv6Data":[]}
            """)!.AsObject();

    /// <summary>The document of an endpoint that is to be made.</summary>
    public static JsonObject NewEndpoint(string network, string id, string address = "10.77.0.2/24") => JsonNode.Parse(
        $$"""
        {"NetworkID":"{{network}}","EndpointID":"{{id}}",
         "Interface":{"Address":"{{address}}","AddressIPv6":"","MacAddress":""},
         "Options":{"com.docker.network.endpoint.exposedports":[],"com.docker.network.portmap":[]} }
        """)!.AsObject();

    /// <summary>The document of an endpoint that is there.</summary>
    /// <param name="network">The network.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="ports">The elements of the port map.</param>
    public static JsonObject Endpoint(string network, string id, string ports = "") => JsonNode.Parse(
        $$"""
        {"NetworkID":"{{network}}","EndpointID":"{{id}}","SandboxKey":"/var/run/docker/netns/0123456789ab",
         "Options":{"com.docker.network.endpoint.exposedports":[],"com.docker.network.portmap":[{{ports}}]} }
        """)!.AsObject();

    /// <summary>An element of a port map: TCP, published on a host port of all addresses.</summary>
    public static string Port(int host, int container) =>
        $$"""{"Proto":6,"IP":"","Port":{{container}},"HostIP":"","HostPort":{{host}},"HostPortEnd":{{host}}}""";
}
