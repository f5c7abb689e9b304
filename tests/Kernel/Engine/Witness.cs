using System.Text.Json.Nodes;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>What ip(8) and sysctl(8) say about a namespace, with what differs from run to run masked.</summary>
internal static class Witness
{
    private static readonly string[] Masked =
    [
        "ifindex", "link_index", "link_netnsid", "bridge_id", "root_id", "designated_bridge", "cache", "hello_timer", "tcn_timer",
        "gc_timer", "topology_change_timer", "message_age_timer", "forward_delay_timer", "hold_timer", "operstate", "qdisc", "stats",
        "state", "tso_max_size", "tso_max_segs", "valid_life_time", "preferred_life_time", "link",
    ];

    // They follow the carrier, which comes some time after the link is up.
    private static readonly string[] MaskedFlags = ["LOWER_UP", "NO-CARRIER", "linkdown", "dead"];

    /// <summary>The namespace bound to a path, or the test's own host.</summary>
    /// <remarks>Links that are buried are as good as gone: this waits until they are deleted.</remarks>
    public static string See(string? path)
    {
        Graves.WaitUntilEmpty();
        string[] prefix = path is null ? [] : ["nsenter", $"--net={path}"];
        string Tell(params string[] words)
        {
            string[] all = [.. prefix, .. words];
            return Command.Run(all[0], all[1..]);
        }

        var parts = new List<string>
        {
            Mask(Tell("ip", "-j", "-d", "link")),
            Mask(Tell("ip", "-j", "addr")),
            Mask(Tell("ip", "-j", "-4", "route", "show", "table", "all")),
            Mask(Tell("ip", "-j", "-6", "route", "show", "table", "all")),
            Mask(Tell("ip", "-j", "neigh", "show", "nud", "permanent")),
            string.Join(
                '\n',
                Tell("sysctl", "-a", "--pattern", "ip_forward$|all.forwarding|disable_ipv6|accept_ra$|route_localnet").Split('\n').Order()),
        };
        return string.Join('\n', parts);
    }

    /// <summary>What nft(8) lists, counters left out; rules of iptables-nft are among them.</summary>
    public static string Rules(string? path) =>
        path is null
            ? Command.Run("nft", "-s", "list", "ruleset")
            : Command.Run("nsenter", $"--net={path}", "nft", "-s", "list", "ruleset");

    private static string Mask(string json)
    {
        JsonNode root = JsonNode.Parse(json.Length == 0 ? "[]" : json)!;
        Mask(root);
        IEnumerable<string> entries =
            root.AsArray().Where(entry => !IsTheKernelsOwn(entry!)).Select(entry => entry!.ToJsonString()).Order(StringComparer.Ordinal);
        return string.Join('\n', entries);
    }

    // Link-local addresses, and multicast and anycast routes, come some time after the link is up. The local route of an IPv6 address
    // comes when duplicate address detection has ended; the address itself is compared.
    private static bool IsTheKernelsOwn(JsonNode entry) =>
        entry["type"]?.ToString() is "multicast" or "anycast"
        || (entry["type"]?.ToString() == "local" && entry["dst"]?.ToString().Contains(':', StringComparison.Ordinal) == true)
        || new[] { entry["dst"], entry["local"] }.Any(address => address?.ToString() is { } text
            && (text.StartsWith("fe80:", StringComparison.Ordinal) || text.StartsWith("ff00:", StringComparison.Ordinal)));

    private static void Mask(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
            {
                Mask(item);
            }
        }
        else if (node is JsonObject entry)
        {
            foreach (string name in Masked)
            {
                entry.Remove(name);
            }

            if (entry["flags"] is JsonArray flags)
            {
                entry["flags"] = string.Join(',', flags.Select(flag => flag!.ToString()).Except(MaskedFlags));
            }

            if (entry["addr_info"] is JsonArray addresses)
            {
                addresses.RemoveAll(address => IsTheKernelsOwn(address!));
            }

            // A veth's host end has an address of the kernel's choosing; the addresses we give start with 02:42.
            if (entry["address"]?.ToString() is { } address
                && address.Length == 17
                && !address.StartsWith("02:42:", StringComparison.Ordinal)
                && address != "00:00:00:00:00:00")
            {
                entry["address"] = "random";
            }

            foreach (KeyValuePair<string, JsonNode?> member in entry.ToList())
            {
                Mask(member.Value);
            }
        }
    }
}
