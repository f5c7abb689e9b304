using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>What <c>ip -j address</c> and <c>ip -j route</c> print, as lines: without the numbers of interfaces and without what a driver
/// of the kernel chooses.</summary>
internal static class IpJson
{
    private static readonly string[] RouteOrder = ["dst", "gateway", "dev", "protocol", "scope", "prefsrc", "metric", "flags"];

    /// <summary>The lines of one line of output; the line itself when it is not of ip.</summary>
    public static IEnumerable<string> Lines(string line)
    {
        if (!line.StartsWith('['))
        {
            return [line];
        }

        try
        {
            return JsonNode.Parse(line)!.AsArray().OfType<JsonObject>().SelectMany(entry =>
                entry.ContainsKey("ifname") ? Link(entry) : entry.ContainsKey("dst") ? [Route(entry)] : []);
        }
        catch (JsonException)
        {
            return [line]; // It is a line in brackets, as "[a b]".
        }
    }

    private static IEnumerable<string> Link(JsonObject link) =>
    [
        $"{link["ifname"]} mtu {link["mtu"]} {link["operstate"]} {link["link_type"]} {link["address"]}",
        .. link["addr_info"]!.AsArray().Select(address => string.Join(' ', new[]
        {
            $"{link["ifname"]} {address!["family"]} {Local(address)}/{address["prefixlen"]}",
            address["broadcast"] is { } broadcast ? $"broadcast {broadcast}" : null,
            $"scope {address["scope"]}",
        }.OfType<string>())),
    ];

    private static string Route(JsonObject route) => "route " + string.Join(
        ' ',
        RouteOrder.Where(route.ContainsKey).Select(key => (key, Text: Text(route[key]!)))
            .Where(part => part.Text.Length > 0).Select(part => $"{part.key} {part.Text}"));

    private static string Text(JsonNode value) => value is JsonArray items ? string.Join(',', items) : value.ToString();

    // The kernel makes a link-local address of the MAC address.
    private static string Local(JsonNode address)
    {
        string local = address["local"]!.ToString();
        return local.StartsWith("fe80:", StringComparison.Ordinal) ? "fe80::of-its-mac" : local;
    }
}
