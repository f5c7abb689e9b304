namespace Net.Api.Containers;

/// <summary>How one probe of a container went.</summary>
public sealed record HealthcheckResult
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>Its exit code, 0 for success; -1 when it could not be started or took too long.</summary>
    public int ExitCode { get; init; }

    /// <summary>The first 4096 bytes of what it wrote, or why it has no exit code.</summary>
    public string Output { get; init; } = "";
}
