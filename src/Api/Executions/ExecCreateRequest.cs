namespace Net.Api.Executions;

/// <summary>The body of <c>POST /netctl/containers/{id}/exec</c>: one more command in a container.</summary>
public sealed record ExecCreateRequest
{
    /// <summary>The program and its arguments; at least one.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment variables on top of the container's own, each <c>KEY=VALUE</c>; null for none.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working directory; null for the container's.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Whose rights it has, <c>USER</c> or <c>USER:GROUP</c>; null for the container's.</summary>
    public string? User { get; init; }

    /// <summary>Whether it gets a pseudo-terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Rows and columns of the pseudo-terminal when the command starts; null to leave them to a resize.</summary>
    public IReadOnlyList<ushort>? ConsoleSize { get; init; }

    /// <summary>Whether its standard input is kept open for the client; otherwise it reads end of file.</summary>
    public bool OpenStdin { get; init; }
}
