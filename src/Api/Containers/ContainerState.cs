namespace Net.Api.Containers;

/// <summary>What a container is doing.</summary>
public sealed record ContainerState
{
    /// <summary><c>created</c>, <c>running</c> or <c>exited</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether its command runs, or, without a command, whether its sandbox is up.</summary>
    public bool Running { get; init; }

    /// <summary>The command's process id as the daemon sees it; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>The command's last exit code; 0 when it has not ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why it could not be started; empty for no error.</summary>
    public string Error { get; init; } = "";

    /// <summary>When it was last started; the year 1 when never.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last ended; the year 1 when never.</summary>
    public DateTimeOffset FinishedAt { get; init; }
}
