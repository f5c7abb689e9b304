namespace Net.Cnm.Processes;

/// <summary>A command to run in a sandbox.</summary>
public sealed record ProcessConfig
{
    /// <summary>Program and arguments; the program is looked up in the PATH of <see cref="Environment"/>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment, each <c>KEY=VALUE</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The working directory, an absolute path.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Whether it gets a pseudo-terminal as its three standard streams.</summary>
    public bool Terminal { get; init; }

    /// <summary>The pseudo-terminal's size from the first moment on; null for the kernel's 0 by 0.</summary>
    public TerminalSize? TerminalSize { get; init; }

    /// <summary>Whether its standard input is kept open for clients; otherwise it reads end of file.</summary>
    public bool OpenStandardInput { get; init; }
}
