namespace Net.Firewall.Iptables;

/// <summary>The end of a chain at which a rule is inserted.</summary>
public enum RulePlace
{
    /// <summary>After the existing rules.</summary>
    End,

    /// <summary>Before the existing rules.</summary>
    Start,
}
