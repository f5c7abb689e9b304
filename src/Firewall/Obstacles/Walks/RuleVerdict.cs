namespace Net.Firewall.Obstacles.Walks;

/// <summary>What becomes of a packet to which all conditions of a rule apply.</summary>
internal enum RuleVerdict
{
    /// <summary>The next rule is asked.</summary>
    Continue,

    /// <summary>It passes the base chain.</summary>
    Accept,

    /// <summary>It is dropped or rejected.</summary>
    Drop,

    /// <summary>It passes, translated to another destination or source.</summary>
    Translate,

    /// <summary>The rules of another chain are asked, then the next rule.</summary>
    Jump,

    /// <summary>The rules of another chain are asked in place of the next ones.</summary>
    Goto,

    /// <summary>The rule after the one that led here is asked.</summary>
    Return,

    /// <summary>It depends on something that is not known here.</summary>
    Unknown,
}
