using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds rules of iptables-legacy beside those in nf_tables. A packet passes both, and no program lists both. Only noted: what is
/// in the legacy tables may let everything pass.</summary>
internal static class MixedBackends
{
    public static IEnumerable<Finding> Find(FindingFacts facts)
    {
        if (facts.Survey.LegacyTables is { Count: > 0 } tables)
        {
            yield return new Finding
            {
                Kind = FindingKinds.MixedBackends,
                Grade = FindingGrade.Note,
                Object = $"iptables-legacy {string.Join(", ", tables.Select(table => $"table {table}"))}",
                Cause = "it has rules, which packets pass besides those in nf_tables, and which neither iptables-nft nor nft shows: what "
                    + "they drop or translate is not found by doctor",
                Look = "iptables-legacy-save; ip6tables-legacy-save",
                Remedy = "iptables-legacy-save | iptables-nft-restore --noflush, then in each table of iptables-legacy set policies to "
                    + "ACCEPT with -P, and only after that remove the rules with -F and -X; the same with ip6tables",
            };
        }
    }
}
