namespace Net.Api.Containers;

/// <summary>When a container is started again by itself.</summary>
public sealed record RestartPolicy
{
    /// <summary><c>no</c>, <c>on-failure</c>, <c>always</c> or <c>unless-stopped</c>.</summary>
    public string Name { get; init; } = "no";

    /// <summary>With <c>on-failure</c>, how often it is tried in a row; 0 for any number of times.</summary>
    public int MaximumRetryCount { get; init; }
}
