namespace Net.Cnm.Findings;

/// <summary>How sure it is that a finding is a fault.</summary>
public enum FindingGrade
{
    /// <summary>Traffic that should flow does not.</summary>
    Error,

    /// <summary>It may be meant so, or harms only part of the traffic.</summary>
    Note,
}
