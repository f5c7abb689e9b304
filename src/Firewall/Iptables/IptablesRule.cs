namespace Net.Firewall.Iptables;

/// <summary>One rule in the words of <c>iptables-save</c>, so that it can be compared with what that prints. Why it is there is not
/// compared.</summary>
/// <param name="Family">Which program.</param>
/// <param name="Table"><c>filter</c>, <c>nat</c> or <c>raw</c>.</param>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Specification">Matches and target: what follows <c>-A CHAIN</c>.</param>
public sealed record IptablesRule(FirewallFamily Family, string Table, string Chain, string Specification)
{
    /// <summary>What it is good for, in one sentence; empty when it was read from the kernel.</summary>
    public string Why { get; init; } = "";

    /// <summary>Where it goes when it is put into its chain.</summary>
    public RulePlace Place { get; init; }

    /// <summary>Whether it comes after all that others decide: at the end of a chain that is not ours.</summary>
    public bool IsLastWord => Place == RulePlace.End && !IptablesLayout.IsOurs(Chain);

    /// <summary>What the rule's comment says, or null.</summary>
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

    /// <summary>Whose it is, when it carries our mark.</summary>
    public string? Owner => FirewallTag.OwnerIn(Comment);

    /// <summary>Whether the other is the same rule in the same chain.</summary>
    public bool Equals(IptablesRule? other) =>
        other is not null && Family == other.Family && Table == other.Table && Chain == other.Chain && Specification == other.Specification;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Family, Table, Chain, Specification);
}
