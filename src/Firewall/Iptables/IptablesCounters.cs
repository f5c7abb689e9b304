using System.Globalization;

namespace Net.Firewall.Iptables;

/// <summary>The packet and byte counters of one table's rules, as <c>iptables-save -c</c> prints them: <c>[packets:bytes] -A CHAIN
/// ...</c>.</summary>
public static class IptablesCounters
{
    /// <summary>Parses the text and skips lines that are not rules. The counters of a rule that occurs twice are added.</summary>
    public static IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> Parse(FirewallFamily family, string table, string text)
    {
        var counters = new Dictionary<IptablesRule, (ulong Packets, ulong Bytes)>();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ', 4);
            string[] numbers = parts[0].Trim('[', ']').Split(':');
            if (parts.Length == 4 && parts[1] == "-A" && numbers.Length == 2
                && ulong.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong packets)
                && ulong.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong bytes))
            {
                var rule = new IptablesRule(family, table, parts[2], parts[3]);
                (ulong Packets, ulong Bytes) before = counters.GetValueOrDefault(rule);
                counters[rule] = (before.Packets + packets, before.Bytes + bytes);
            }
        }

        return counters;
    }
}
