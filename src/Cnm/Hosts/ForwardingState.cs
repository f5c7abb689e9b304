namespace Net.Cnm.Hosts;

/// <summary>Whether the host forwards packets of a family between its links.</summary>
public enum ForwardingState
{
    /// <summary>It does not.</summary>
    Off,

    /// <summary>It does, and did so before us.</summary>
    On,

    /// <summary>It does because we turned it on.</summary>
    OnByUs,
}
