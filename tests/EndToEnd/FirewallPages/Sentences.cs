using System.Text.RegularExpressions;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>The sentence that the code says of each rule, found by the rule's shape: what is the same whatever the names, addresses and
/// numbers in it.</summary>
internal static partial class Sentences
{
    private const int Few = 3;

    private static readonly Dictionary<string, string> ByShape = IptablesSentences();

    private static readonly Dictionary<(string Chain, string Comment), string> ByComment = NftablesLayout.All
        .SelectMany(layout => layout.Rules.Select(rule => (Key: ($"{layout.Table} {rule.Chain}", rule.Comment), rule.Why)))
        .ToDictionary(entry => entry.Key, entry => entry.Why);

    /// <summary>For a rule as <see cref="Ruleset.Iptables"/> gives it.</summary>
    public static string OfIptables(string rule) =>
        ByShape.TryGetValue(Shape(rule), out string? why)
            ? why
            : throw new InvalidOperationException($"no sentence is known for {rule} ({Shape(rule)})");

    /// <summary>For a rule as <see cref="Ruleset.NftRules"/> gives it.</summary>
    public static string OfNftables(string place, string rule) => ByComment[(place, CommentOf().Match(rule).Groups[1].Value)];

    /// <summary>For an element as <see cref="Ruleset.NftElements"/> gives it: those of the rules that look into its set.</summary>
    public static string OfElement(string element)
    {
        string[] words = element.Split(' ');
        string table = $"{words[3]} {words[4]}";
        string set = words[5];
        string[] sentences = [.. NftablesLayout.All.Single(layout => layout.Table.ToString() == table).Rules
            .Where(rule => Regex.IsMatch(rule.Text, $"@{set}\\b"))
            .Select(rule => rule.Why)
            .Distinct()];
        return sentences.Length <= Few
            ? string.Join(' ', sentences)
            : $"What the [rules](README.md#nftables) with `@{set}` say holds for it.";
    }

    private static Dictionary<string, string> IptablesSentences()
    {
        var sentences = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<IptablesRule> rules = SamplePolicies.All.SelectMany(policy => IptablesCompiler.Compile(policy))
            .Concat(Enum.GetValues<FirewallFamily>().SelectMany(IptablesLayout.Jumps));
        foreach (IptablesRule rule in rules)
        {
            string program = rule.Family == FirewallFamily.IPv4 ? "iptables" : "ip6tables";
            string shape = Shape($"{program}{(rule.Table == "filter" ? "" : $" -t {rule.Table}")} -A {rule.Chain} {rule.Specification}");
            Assert.False(string.IsNullOrWhiteSpace(rule.Why), $"the rule {rule} has no sentence");
            Assert.True(
                sentences.TryAdd(shape, rule.Why) || sentences[shape] == rule.Why,
                $"two sentences for the shape {shape}: {sentences[shape]} and {rule.Why}");
        }

        return sentences;
    }

    private static string Shape(string rule)
    {
        rule = Tag().Replace(rule, "netctl:ID");
        // whether two are the same matters
        List<string> links = [.. Link().Matches(rule).Select(match => match.Groups[2].Value).Distinct()];
        rule = Link().Replace(rule, match => $"{match.Groups[1].Value} LINK{links.IndexOf(match.Groups[2].Value)}");
        rule = ToDestination().Replace(rule, "$1 TARGET");
        rule = Ports().Replace(rule, "$1 PORTS");
        return Address().Replace(Transport().Replace(rule, "-p TRANSPORT"), "$1 ADDRESS");
    }

    [GeneratedRegex("comment \"([^\"]*)\"$")]
    private static partial Regex CommentOf();

    [GeneratedRegex("netctl:[0-9a-f]{12}")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(-[io]) (?!lo )(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(--to-destination|--to-source) \S+")]
    private static partial Regex ToDestination();

    [GeneratedRegex(@"(--[ds]port) \S+")]
    private static partial Regex Ports();

    [GeneratedRegex(@"-p (tcp|udp|sctp) -m \1")]
    private static partial Regex Transport();

    // Not 127.0.0.0/8 and the like, which mean what they say.
    [GeneratedRegex(@"(-[sd]) (?!127\.0\.0\.0/8|fe80::/10|::1/128)\S+")]
    private static partial Regex Address();
}
