using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>Plug-ins that have a say in which gateway addresses their networks get (GwAllocChecker, since Docker 28).</summary>
public sealed class GatewayCheckTests
{
    [Fact]
    public void A_plug_in_that_says_so_is_asked_and_what_it_does_not_need_is_left_out_unless_the_user_gives_it()
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        using var plugin = PluginProcess.Start(host, "wires");
        plugin.Misbehave(
            """NetworkDriver.GetCapabilities {"Scope":"local","GwAllocChecker":true}""",
            """NetworkDriver.GwAllocCheck {"SkipIPv4":true}""",
            "NetworkDriver.CreateNetwork {}"); // its networks are bridges, which need the gateway's address
        host.NetctlOk(
            "network", "create", "-d", "wires", "--subnet", "10.77.0.0/24", "--ipv6", "--subnet", "fd77::/64", "-o", "colour=red", "net");

        string[] asked = [.. plugin.Methods.Where(method => method is "NetworkDriver.GwAllocCheck" or "NetworkDriver.CreateNetwork")];
        Assert.Equal(["NetworkDriver.GwAllocCheck", "NetworkDriver.CreateNetwork"], asked);
        JsonNode check = plugin.Calls.Single(call => call.Method == "NetworkDriver.GwAllocCheck").Body!["Options"]!;
        Assert.Equal("red", (string?)check["com.docker.network.generic"]!["colour"]);
        Assert.True((bool)check["com.docker.network.enable_ipv6"]!);
        JsonNode created = plugin.Calls.Single(call => call.Method == "NetworkDriver.CreateNetwork").Body!;
        Assert.Null(created["IPv4Data"]![0]!["Gateway"]);
        Assert.Equal("fd77::1/64", (string?)created["IPv6Data"]![0]!["Gateway"]);
        Assert.Equal("fd77::1", host.NetctlOk("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Gateway}}{{end}}", "net"));

        host.NetctlOk("network", "create", "-d", "wires", "--subnet", "10.78.0.0/24", "--gateway", "10.78.0.9", "given");
        created = plugin.Calls.Last(call => call.Method == "NetworkDriver.CreateNetwork").Body!;
        Assert.Equal("10.78.0.9/24", (string?)created["IPv4Data"]![0]!["Gateway"]);

        plugin.Misbehave("""NetworkDriver.GwAllocCheck {"Err":"no such colour"}""");
        Output refused = host.Netctl("network", "create", "-d", "wires", "--subnet", "10.79.0.0/24", "refused");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no such colour", refused.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", host.NetctlOk("network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
    }
}
