namespace Net.Api.Containers;

/// <summary>What the probes of a container have found.</summary>
public sealed record ContainerHealth
{
    /// <summary><c>starting</c>, <c>healthy</c> or <c>unhealthy</c>; as Docker has it, <c>unhealthy</c> while the container is paused or
    /// has ended.</summary>
    public required string Status { get; init; }

    /// <summary>How many probes have failed in a row.</summary>
    public int FailingStreak { get; init; }

    /// <summary>The last five probes, the oldest first.</summary>
    public IReadOnlyList<HealthcheckResult> Log { get; init; } = [];
}
