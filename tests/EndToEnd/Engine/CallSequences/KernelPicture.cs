using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>What independent programs see of a host's kernel, one thing a line: links, addresses, neighbours, routes, the whole ruleset
/// of nftables, and sockets. Links that are about to be deleted are passed over, and so is which port was chosen of the daemon's
/// range.</summary>
internal sealed partial class KernelPicture
{
    private const string Grave = "28516"; // the interface group of links that are about to be deleted

    // The kernel makes the IPv6 routes of the table "local" from the addresses, a moment later.
    private const string Script =
        """
        ip -j address; echo @
        ip -j neighbour show nud permanent; echo @
        ip -4 -j route show table all; echo @
        ip -6 -j route show table all | jq -c 'map(select(.table != "local"))'; echo @
        nft -j list ruleset; echo @
        ss -Hltun | awk '{print $1, $5}' | sort
        """;

    private KernelPicture(IReadOnlyList<string> lines) => Lines = lines;

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The daemon's flags that this picture can be taken with. What iptables writes is in the ruleset as well.</summary>
    public static string[] DaemonArguments(string backend) => ["--firewall-backend", backend, "--port-range", "49000-49999"];

    /// <summary>Takes the picture of a host.</summary>
    public static KernelPicture Of(TestHost host)
    {
        string[] parts = $"{ChosenPort().Replace(host.Shell(Script), "49000")}\n".Split("@\n");
        JsonArray links = Array(parts[0]);
        HashSet<string> buried =
        [
            .. links.Where(link => Text(link!, "group") == Grave)
                .SelectMany(link => new[] { Text(link!, "ifname"), Text(link!, "link") }),
        ];
        return new KernelPicture(
        [
            .. links.Where(link => !buried.Contains(Text(link!, "ifname"))).SelectMany(Link).Order(StringComparer.Ordinal),
            .. Sorted("neighbour", parts[1], buried),
            .. Sorted("route", parts[2], buried),
            .. Sorted("route6", parts[3], buried),
            .. Ruleset(JsonNode.Parse(parts[4])!["nftables"]!.AsArray()),
            .. parts[5].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"socket {line}"),
        ]);
    }

    /// <summary>The lines of this picture that another one has not, as often as they are more.</summary>
    public IReadOnlyList<string> Without(KernelPicture other)
    {
        List<string> rest = [.. Lines];
        foreach (string line in other.Lines)
        {
            rest.Remove(line);
        }

        return rest;
    }

    /// <summary>How this picture differs from what it should be; empty where it does not.</summary>
    public string DifferenceFrom(KernelPicture wanted)
    {
        string[] lines =
            [.. Without(wanted).Select(line => $"  too much: {line}"), .. wanted.Without(this).Select(line => $"  missing:  {line}")];
        return lines.Length > 0 ? string.Join('\n', lines) : Lines.SequenceEqual(wanted.Lines) ? "" : FirstMoved(wanted);
    }

    private string FirstMoved(KernelPicture wanted)
    {
        (string found, string other) = Lines.Zip(wanted.Lines).First(pair => pair.First != pair.Second);
        return $"  too early: {found}\n  too late:  {other}";
    }

    // Only the rules of one chain have an order: the rest is listed by its age.
    private static IEnumerable<string> Ruleset(JsonArray objects)
    {
        List<JsonNode> all = [.. objects.Where(one => one!["metainfo"] is null).Select(one => one!)];
        return all.Where(one => one["rule"] is null).Select(one => $"ruleset {Plain(one).ToJsonString()}").Order(StringComparer.Ordinal)
            .Concat(all.Where(one => one["rule"] is not null).GroupBy(one => ChainOf(one["rule"]!), StringComparer.Ordinal)
                .OrderBy(chain => chain.Key, StringComparer.Ordinal)
                .SelectMany(InOrder)
                .Select(one => $"ruleset {Plain(one).ToJsonString()}"));
    }

    // With iptables networks share a chain. Of rules that follow each other with one verdict, those of two networks are in no order.
    private static IEnumerable<JsonNode> InOrder(IGrouping<string, JsonNode> chain)
    {
        if (!chain.Key.Contains(" NETCTL", StringComparison.Ordinal))
        {
            return chain;
        }

        int run = 0;
        string verdict = "";
        var placed = new List<(int Run, string Bridge, JsonNode Rule)>();
        foreach (JsonNode one in chain)
        {
            string next = VerdictOf(one["rule"]!);
            run += next == verdict ? 0 : 1;
            verdict = next;
            placed.Add((run, Bridge().Match(one.ToJsonString()).Value, one));
        }

        return placed.OrderBy(place => place.Run).ThenBy(place => place.Bridge, StringComparer.Ordinal).Select(place => place.Rule);
    }

    // The last expression: {"accept": null}, {"jump": {...}} or, of what only iptables knows, {"xt": {"type": "target", "name": "DNAT"}}.
    private static string VerdictOf(JsonNode rule)
    {
        (string name, JsonNode? value) = rule["expr"]!.AsArray()[^1]!.AsObject().First();
        return name switch
        {
            "jump" => $"jump {Text(value!, "target")}",
            "xt" => $"xt {Text(value!, "name")}",
            _ => name,
        };
    }

    private static string ChainOf(JsonNode rule) => $"{Text(rule, "family")} {Text(rule, "table")} {Text(rule, "chain")}";

    private static JsonArray Array(string json) => string.IsNullOrWhiteSpace(json) ? [] : JsonNode.Parse(json)!.AsArray();

    private static string Text(JsonNode node, string field) => (string?)node[field] ?? "";

    // The Ethernet address of the host's end is anything.
    private static IEnumerable<string> Link(JsonNode? link)
    {
        string name = Text(link!, "ifname");
        string mac = name.StartsWith("veth", StringComparison.Ordinal) ? "" : Text(link!, "address");
        bool isUp = link!["flags"]!.AsArray().Any(flag => (string?)flag == "UP");
        yield return $"link {name} of {Text(link, "link")} on {Text(link, "master")}, mtu {link["mtu"]}, {mac}, {(isUp ? "up" : "down")}, "
            + $"group {Text(link, "group")}, alias {Text(link, "ifalias")}";
        foreach (JsonNode? address in link["addr_info"]!.AsArray())
        {
            yield return $"address {address!["local"]}/{address["prefixlen"]} {address["scope"]} of {name}";
        }
    }

    // A route is marked while its link has no carrier.
    private static IEnumerable<string> Sorted(string kind, string json, HashSet<string> buried) =>
        Array(json).Where(one => !buried.Contains(Text(one!, "dev"))).Select(one =>
        {
            one!.AsObject().Remove("flags");
            return $"{kind} {one.ToJsonString()}";
        }).Order(StringComparer.Ordinal);

    // Without numbers of order and counters, and with the elements of sets in one order.
    private static JsonNode Plain(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (string name in (string[])["handle", "packets", "bytes"])
                {
                    fields.Remove(name);
                }

                foreach ((string name, JsonNode? value) in fields.ToList())
                {
                    if (value is JsonArray elements && name == "elem")
                    {
                        fields[name] = new JsonArray(
                        [
                            .. elements.Select(one => Plain(one!.DeepClone())).OrderBy(one => one.ToJsonString(), StringComparer.Ordinal),
                        ]);
                    }
                    else if (value is not null)
                    {
                        Plain(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items.Where(item => item is not null))
                {
                    Plain(item!);
                }

                break;
        }

        return node;
    }

    [GeneratedRegex("br-[0-9a-f]{12}")]
    private static partial Regex Bridge();

    [GeneratedRegex(@"\b49[0-9]{3}\b")]
    private static partial Regex ChosenPort();
}
