using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>netctl graph</c> on a real daemon. The witness is what the kernel says in the containers.</summary>
public sealed class GraphTests
{
    private static readonly string[] Formats = ["dot", "json", "mermaid", "svg", "text"];

    [KernelFact]
    public void Every_link_and_address_that_the_kernel_has_in_a_container_is_in_every_picture()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "front");
        host.NetctlOk("network", "create", "--internal", "back");
        host.NetctlOk(
            "run", "-d", "--name", "db", "--network", "name=back,link-local-ip=169.254.7.7", "--network-alias", "store", "sleep", "1000");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--network", "front", "--link", "db:sql", "-p", "8080:80", "-p", "127.0.0.1:9000-9002:90-92",
            "sleep", "1000");
        host.NetctlOk("network", "connect", "--driver-opt", "com.docker.network.endpoint.ifname=inner0", "back", "web");
        host.NetctlOk("run", "-d", "--name", "old", "--network", "front", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "old");
        host.NetctlOk("run", "-d", "--name", "probe", "--network", "host", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "side", "--network", "container:web", "sleep", "1000");

        Dictionary<string, string> drawn = Formats.ToDictionary(format => format, format => host.NetctlOk("graph", "--format", format));
        Assert.Equal(drawn["text"], host.NetctlOk("graph"));
        foreach (string container in (string[])["db", "web"])
        {
            JsonNode[] links =
            [
                .. JsonNode.Parse(host.NetctlOk("exec", container, "ip", "-j", "address"))!.AsArray()
                    .Select(link => link!).Where(link => (string?)link["ifname"] != "lo"),
            ];
            Assert.NotEmpty(links);
            JsonNode[] endpoints =
            [
                .. JsonNode.Parse(drawn["json"])!["hosts"]![0]!["containers"]!.AsArray()
                    .Single(other => (string?)other!["name"] == container)!["endpoints"]!.AsArray().Select(endpoint => endpoint!),
            ];
            Assert.Equal(
                links.Select(link => $"{link["ifname"]} {link["address"]} {string.Join(' ', AddressesOf(link).Order())}").Order(),
                endpoints.Select(e => $"{e["interface"]} {e["macAddress"]} "
                    + string.Join(' ', e["addresses"]!.AsArray().Select(address => (string?)address).Order())).Order());
            Assert.All(links.SelectMany(AddressesOf), address => Assert.All(drawn.Values, picture => Assert.Contains(address, picture)));
            Assert.All(links, link => Assert.All(drawn.Values, picture => Assert.Contains((string)link["ifname"]!, picture)));
        }

        Assert.All(drawn.Values, picture => Assert.All(
            (string[])["front", "back", "web", "probe", "side", "old", "store", "8080", "9000", "fd00:7::1", TestHost.Address + "/24"],
            word => Assert.Contains(word, picture)));
        foreach (string bridge in host.Shell("ip -j link show type bridge | tr ',' '\\n' | grep ifname | cut -d'\"' -f4").Split('\n'))
        {
            Assert.All(drawn.Values, picture => Assert.Contains(bridge, picture));
        }

        Assert.Equal("http://www.w3.org/2000/svg", XDocument.Parse(drawn["svg"]).Root!.Name.NamespaceName);
        Assert.Contains("*:8080 -> 80/tcp", drawn["text"]);
        Assert.Contains("127.0.0.1:9000-9002 -> 90-92/tcp", drawn["text"]);
        Assert.Contains("shared by side", drawn["text"]);
        Assert.Contains("old (exited)", drawn["text"]);
    }

    [Fact]
    public void Unknown_format_is_refused_with_those_that_there_are()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        Output refused = host.Netctl("graph", "--format", "png");
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("netctl: invalid format \"png\": use dot, json, mermaid, svg or text\n", refused.StandardError);
        Assert.Empty(refused.StandardOutput);
    }

    [KernelFact]
    public void Watched_picture_is_drawn_anew_when_something_changes_and_only_then()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        using Process watch = host.Start("sh", "-c", "exec \"$NETCTL\" graph --watch");
        Assert.Contains("no containers", Picture(watch, "front"));
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string address = host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.front.IPAddress}}", "web");
        Picture(watch, address);

        // A further command changes nothing that is drawn; the next picture is that of the published port.
        host.NetctlOk("exec", "web", "true");
        host.NetctlOk("publish", "web", "8081:81");
        Assert.Contains("web", Picture(watch, "*:8081 -> 81/tcp"));
        host.NetctlOk("network", "create", "back");
        Picture(watch, "network back");
        watch.Kill();
        watch.WaitForExit();
    }

    [KernelFact]
    public void Watching_ends_when_nobody_reads_or_the_daemon_is_gone()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using Process unread = host.Start("sh", "-c", "\"$NETCTL\" graph --watch; echo $? >&2");
        Assert.StartsWith("host ", unread.StandardOutput.ReadLine(), StringComparison.Ordinal);
        unread.StandardOutput.Close();
        host.NetctlOk("network", "create", "front");
        Assert.Equal("141", unread.StandardError.ReadToEnd().Trim());

        using Process left = host.Start("sh", "-c", "exec \"$NETCTL\" graph --watch");
        Picture(left, "front");
        host.KillDaemon();
        Assert.Contains("daemon", left.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.True(left.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(1, left.ExitCode);
        host.StartDaemon();
    }

    [KernelFact]
    public void Watched_picture_on_a_terminal_replaces_the_one_before()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using Process watch = Terminal.Start(host, "graph --watch");
        Assert.Contains("\e[H\e[2J", Terminal.Read(watch, "host "));
        host.NetctlOk("network", "create", "front");
        Assert.Contains("\e[H\e[2J", Terminal.Read(watch, "network front"));
        Terminal.Type(watch, "\x03");
        Assert.Equal(130, Terminal.Ended(watch));
    }

    private static IEnumerable<string> AddressesOf(JsonNode link) => link["addr_info"]!.AsArray().Select(address => address!)
        .Where(address => (string?)address["family"] == "inet" || (string?)address["scope"] != "link")
        .Select(address => $"{address["local"]}/{address["prefixlen"]}");

    // Pictures are read until one has the words; between two is an empty line.
    private static string Picture(Process watch, string words)
    {
        string picture = "";
        while (watch.StandardOutput.ReadLine() is { } line)
        {
            picture += line + "\n";
            if (picture.Contains(words, StringComparison.Ordinal))
            {
                return picture;
            }
        }

        Assert.Fail($"the picture has ended without \"{words}\": {picture}");
        return "";
    }
}
