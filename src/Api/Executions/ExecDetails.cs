namespace Net.Api.Executions;

/// <summary>The answer to <c>GET /exec/{id}/json</c>: what became of a further command. It is known until the container is removed, or a
/// thousand others have ended after it; not after a restart of the daemon.</summary>
public sealed record ExecDetails
{
    /// <summary>The id.</summary>
    public required string ID { get; init; }

    /// <summary>Whether it runs.</summary>
    public bool Running { get; init; }

    /// <summary>Its exit code; null before it has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The command.</summary>
    public required ExecProcessConfig ProcessConfig { get; init; }

    /// <summary>Whether its standard input is open for a client.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether its standard output is sent to the client.</summary>
    public bool OpenStdout { get; init; }

    /// <summary>Whether its standard error is sent to the client.</summary>
    public bool OpenStderr { get; init; }

    /// <summary>Whether it can be removed; false, as in Docker.</summary>
    public bool CanRemove { get; init; }

    /// <summary>The id of its container.</summary>
    public required string ContainerID { get; init; }

    /// <summary>The keys by which a client leaves it, as codes; empty for ctrl-p, ctrl-q.</summary>
    public string DetachKeys { get; init; } = "";

    /// <summary>Its process id as the daemon sees it; 0 where it is not known.</summary>
    public int Pid { get; init; }
}
