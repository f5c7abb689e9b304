namespace Net.Cnm.Processes;

/// <summary>A command to run in a sandbox.</summary>
public sealed record ProcessConfig
{
    /// <summary>The program and its arguments. The program is looked up in the PATH of <see cref="Environment"/>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The environment of the command, each entry in the form <c>KEY=VALUE</c>. HOME is added where it is missing, since it
    /// follows from the user.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The working directory, an absolute path. Default "/".</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Whose rights the command has: <c>USER</c> or <c>USER:GROUP</c>, names of the host's /etc/passwd and /etc/group or numbers;
    /// null for root.</summary>
    public string? User { get; init; }

    /// <summary>Whether the three standard streams of the command are a pseudo-terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>The initial size of the pseudo-terminal; null for the kernel's default of 0 by 0.</summary>
    public TerminalSize? TerminalSize { get; init; }

    /// <summary>Whether the standard input of the command stays open for clients. When false, the command reads end of file.</summary>
    public bool OpenStandardInput { get; init; }
}
