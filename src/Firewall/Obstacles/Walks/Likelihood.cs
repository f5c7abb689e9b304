namespace Net.Firewall.Obstacles.Walks;

/// <summary>Whether a condition holds for a packet of which not everything is known.</summary>
internal enum Likelihood
{
    /// <summary>It does not hold, whatever the unknown is.</summary>
    No,

    /// <summary>It depends on what is unknown, or the condition is of a kind that is not understood here.</summary>
    Maybe,

    /// <summary>It holds, whatever the unknown is.</summary>
    Yes,
}
