namespace Net.Firewall.Iptables;

/// <summary>At which end of its chain a rule is put.</summary>
public enum RulePlace
{
    /// <summary>After all that is there.</summary>
    End,

    /// <summary>Before all that is there.</summary>
    Start,
}
