namespace Net.Firewall.Iptables;

/// <summary>One rule in the words of <c>iptables-save</c>, so that it can be compared with what that prints.</summary>
/// <param name="Family">Which program.</param>
/// <param name="Table"><c>filter</c>, <c>nat</c> or <c>raw</c>.</param>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Specification">Matches and target: what follows <c>-A CHAIN</c>.</param>
public sealed record IptablesRule(FirewallFamily Family, string Table, string Chain, string Specification)
{
    /// <summary>Whether it goes to the top of a chain that is not ours, before rules that end the way for a packet.</summary>
    public bool AtTop => !IptablesLayout.IsOurs(Chain);

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
}
