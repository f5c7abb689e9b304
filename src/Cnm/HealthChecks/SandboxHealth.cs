namespace Net.Cnm.HealthChecks;

/// <summary>The health of a container that has a probe, at one moment.</summary>
public sealed record SandboxHealth
{
    /// <summary>The health before the first probe.</summary>
    public static SandboxHealth Starting { get; } = new();

    /// <summary>What follows from the probes.</summary>
    public HealthStatus Status { get; init; }

    /// <summary>How many probes have failed since the last that succeeded, without those that do not count.</summary>
    public int FailingStreak { get; init; }

    /// <summary>The latest probes, the oldest first.</summary>
    public IReadOnlyList<ProbeResult> Log { get; init; } = [];
}
