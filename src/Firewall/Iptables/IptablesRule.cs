using System.Text.RegularExpressions;

namespace Net.Firewall.Iptables;

/// <summary>One rule as <c>iptables-save</c> writes it, so that it can be compared with what that prints. <see cref="Why"/> is not
/// compared.</summary>
/// <param name="Family">The address family: <c>iptables</c> or <c>ip6tables</c>.</param>
/// <param name="Table"><c>filter</c>, <c>nat</c> or <c>raw</c>.</param>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Specification">Matches and target: what follows <c>-A CHAIN</c>.</param>
public sealed partial record IptablesRule(FirewallFamily Family, string Table, string Chain, string Specification)
{
    /// <summary>The purpose of the rule in one sentence; empty when the rule was read from the kernel.</summary>
    public string Why { get; init; } = "";

    /// <summary>The end of the chain at which the rule is inserted.</summary>
    public RulePlace Place { get; init; }

    /// <summary>Whether the rule must come after the rules of other programs: it is at the end of a chain that is not ours.</summary>
    public bool IsAfterOthers => Place == RulePlace.End && !IptablesLayout.IsOurs(Chain);

    /// <summary>The text of the rule's comment; null when it has none.</summary>
    public string? Comment
    {
        get
        {
            const string Option = "--comment ";
            int start = Specification.IndexOf(Option, StringComparison.Ordinal);
            if (start < 0)
            {
                return null;
            }

            string rest = Specification[(start + Option.Length)..];
            return rest.StartsWith('"') ? rest[1..Math.Max(1, rest.IndexOf('"', 1))] : rest.Split(' ')[0];
        }
    }

    /// <summary>The target or the chain that the rule jumps or goes to; null for a rule that only counts.</summary>
    public string? Target
    {
        get
        {
            string[] words = WordsWithoutComment();
            int option = Array.FindIndex(words, word => word is "-j" or "-g");
            return option >= 0 && option + 1 < words.Length ? words[option + 1] : null;
        }
    }

    /// <summary>Whether the rule has no match, so that its target is for every packet; a comment is none.</summary>
    public bool IsForAllPackets => WordsWithoutComment() is [] or ["-j" or "-g", ..];

    /// <summary>The owner named in the rule's tag; null when it has no tag of ours.</summary>
    public string? Owner => FirewallTag.OwnerIn(Comment);

    /// <summary>Whether the other rule is the same in the same chain.</summary>
    public bool Equals(IptablesRule? other) =>
        other is not null && Family == other.Family && Table == other.Table && Chain == other.Chain && Specification == other.Specification;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Family, Table, Chain, Specification);

    [GeneratedRegex("""-m comment --comment (?:"(?:\\.|[^"\\])*"|\S+)""")]
    private static partial Regex CommentMatch();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"
        """)]
    private static partial Regex QuotedText();

    private string[] WordsWithoutComment() =>
        QuotedText().Replace(CommentMatch().Replace(Specification, ""), "text").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
