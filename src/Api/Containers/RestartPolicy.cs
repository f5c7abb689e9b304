namespace Net.Api.Containers;

/// <summary>When a container is started again by itself.</summary>
public sealed record RestartPolicy
{
    /// <summary><c>no</c>: never.</summary>
    public string Name { get; init; } = "no";

    /// <summary>How often it is tried; 0 here.</summary>
    public int MaximumRetryCount { get; init; }
}
