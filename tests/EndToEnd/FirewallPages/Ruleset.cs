using System.Text.Json;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>The host's rules as the distribution's programs print them.</summary>
internal static partial class Ruleset
{
    /// <summary>Everything, to be compared byte for byte; counters are left out.</summary>
    public static string Snapshot(TestHost host) => string.Join('\n', [.. Iptables(host), host.Shell("nft -s list ruleset")]);

    /// <summary>The rules that iptables has, as one would type them.</summary>
    public static IReadOnlyList<string> Iptables(TestHost host) =>
    [
        .. ((string[])["iptables", "ip6tables"]).SelectMany(program =>
        {
            string table = "";
            var rules = new List<string>();
            foreach (string line in host.Shell($"{program}-save").Split('\n'))
            {
                if (line.StartsWith('*'))
                {
                    table = line[1..];
                }
                else if (line.StartsWith("-A ", StringComparison.Ordinal))
                {
                    rules.Add(table == "filter" ? $"{program} {line}" : $"{program} -t {table} {line}");
                }
            }

            return rules;
        }),
    ];

    /// <summary>The rules of our tables as <c>nft</c> writes them, each with its table and chain in front.</summary>
    public static IReadOnlyList<(string Place, string Rule)> NftRules(TestHost host) =>
        [.. Tables(host).SelectMany(table => RulesOf(host, table))];

    /// <summary>The elements of our sets and maps, as one would type them, in order.</summary>
    public static IReadOnlyList<string> NftElements(TestHost host) =>
    [
        .. Tables(host).SelectMany(table =>
            JsonDocument.Parse(host.Shell($"nft -j list table {table}")).RootElement.GetProperty("nftables").EnumerateArray()
            .SelectMany(item => (string[])["set", "map"], (item, kind) => item.TryGetProperty(kind, out JsonElement set) ? set : default)
            .Where(set => set.ValueKind == JsonValueKind.Object && set.TryGetProperty("elem", out _))
            .SelectMany(set =>
                set.GetProperty("elem")
                    .EnumerateArray()
                    .Select(element =>
                        $"nft add element {table} {set.GetProperty("name").GetString()} '{{ {NftElementText.Of(element)} }}'"))
            .Order(StringComparer.Ordinal)),
    ];

    private static IEnumerable<string> Tables(TestHost host) =>
        host.Shell("nft list tables")
            .Split('\n')
            .Where(line => line.EndsWith(" netctl", StringComparison.Ordinal))
            .Select(line => line["table ".Length..]);

    private static IEnumerable<(string Place, string Rule)> RulesOf(TestHost host, string table)
    {
        string chain = "";
        foreach (string line in host.Shell($"nft -s list table {table}").Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("chain ", StringComparison.Ordinal))
            {
                chain = line.Split(' ')[1];
            }
            else if (chain.Length > 0 && Comment().Match(line) is { Success: true })
            {
                yield return ($"{table} {chain}", line);
            }
        }
    }

    [GeneratedRegex("comment \"netctl:[^\"]*\"$")]
    private static partial Regex Comment();
}
