namespace Net.Api.Executions;

/// <summary>The body of <c>POST /containers/{id}/exec</c>: one more command in a container.</summary>
/// <remarks>Docker's field <c>Privileged</c> is ignored, since every command here has all rights of its user.</remarks>
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
    public bool AttachStdin { get; init; }

    /// <summary>Whether Docker's raw or multiplexed stream has its standard output. Frames have it always.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>Whether Docker's raw or multiplexed stream has its standard error. Frames have it always.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>The keys by which the client leaves a command with a terminal; null for ctrl-p, ctrl-q.</summary>
    public string? DetachKeys { get; init; }
}
