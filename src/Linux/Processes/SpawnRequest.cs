using System.Runtime.InteropServices;

namespace Net.Linux.Processes;

/// <summary>The parameters of a new process for <see cref="ChildProcess.Spawn"/>: its program, arguments, environment and
/// descriptors.</summary>
public sealed record SpawnRequest
{
    /// <summary>The path of the program; PATH is not searched. A relative path is resolved from <see cref="WorkingDirectory"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The whole argument vector (argv); its first element is the program's own name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, each element <c>KEY=VALUE</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The working directory of the process.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Whose rights the process has; null for those of the calling thread, which otherwise is root's.</summary>
    public ProcessCredentials? Credentials { get; init; }

    /// <summary>The process's descriptor 0; null means /dev/null.</summary>
    public SafeHandle? StandardInput { get; init; }

    /// <summary>The process's descriptor 1; null means /dev/null.</summary>
    public SafeHandle? StandardOutput { get; init; }

    /// <summary>The process's descriptor 2; null means /dev/null.</summary>
    public SafeHandle? StandardError { get; init; }

    /// <summary>The path of a terminal that becomes the process's descriptors 0, 1 and 2 and its controlling terminal;
    /// <see cref="StandardInput"/>, <see cref="StandardOutput"/> and <see cref="StandardError"/> are not used then. Null for no
    /// terminal.</summary>
    public string? TerminalPath { get; init; }

    /// <summary>One more descriptor that the process gets, as number 3; null for none. All others are closed.</summary>
    public SafeHandle? Inherited { get; init; }
}
