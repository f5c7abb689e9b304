using System.Text;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>What the kernel has in a network namespace, and the hosts file that is seen there.</summary>
internal sealed class NamespaceView(JsonNode space)
{
    private const string Group = "28515";

    public string Id => HostView.Text(space, "ns");

    public IEnumerable<JsonNode> Links => space["links"]!.AsArray().Select(link => link!);

    /// <summary>The links that the daemon has marked as its own.</summary>
    public int OwnLinks => Links.Count(link => (string?)link["group"] == Group);

    /// <summary>The lines of /etc/hosts, without comments and those that every container has.</summary>
    public string[] HostsLines =>
    [
        .. Encoding.UTF8.GetString(Convert.FromBase64String(HostView.Text(space, "hosts"))).Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('#') && !line.StartsWith("127.", StringComparison.Ordinal)
                && !line.Contains("\tip6-", StringComparison.Ordinal) && !line.StartsWith("::1\t", StringComparison.Ordinal)),
    ];

    /// <summary>All of it but what the kernel does by itself when a link comes up: states, and link-local addresses with their
    /// routes.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Links.Select(link => $"{Words(link, "ifindex", "ifname", "address", "master", "mtu", "group")} "
            + $"{HostView.Text(link["linkinfo"], "info_kind")} {string.Join(' ', AddressesOf(link))}"),
        .. Routes(ipv6: false).Concat(Routes(ipv6: true)).Select(route => Words(route, "dst", "gateway", "dev", "metric", "prefsrc"))
            .Where(route => !route.StartsWith("fe80:", StringComparison.Ordinal)),
        .. HostsLines,
    ];

    /// <summary>The gateways of the default routes of a family.</summary>
    public string[] Gateways(bool ipv6) =>
        [.. Routes(ipv6).Where(route => HostView.Text(route, "dst") == "default").Select(route => HostView.Text(route, "gateway"))];

    /// <summary>The addresses of a link but link-local ones.</summary>
    public static IEnumerable<string> AddressesOf(JsonNode link) =>
        link["addr_info"]!.AsArray().Where(entry => HostView.Text(entry, "scope") == "global")
            .Select(entry => HostView.Text(entry, "local"));

    private IEnumerable<JsonNode> Routes(bool ipv6) => space[ipv6 ? "routes6" : "routes"]!.AsArray().Select(route => route!);

    private static string Words(JsonNode node, params string[] properties) =>
        string.Join(' ', properties.Select(property => node[property]?.ToString()));
}
