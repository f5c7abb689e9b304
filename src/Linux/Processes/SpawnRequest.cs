using System.Runtime.InteropServices;

namespace Net.Linux.Processes;

/// <summary>What a new process runs, and what it is given.</summary>
public sealed record SpawnRequest
{
    /// <summary>The program's file; no PATH is searched. A relative path is taken from <see cref="WorkingDirectory"/>.</summary>
    public required string Path { get; init; }

    /// <summary>All of argv, the program's own name first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, each <c>KEY=VALUE</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The directory it starts in.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Its descriptor 0; null is /dev/null.</summary>
    public SafeHandle? StandardInput { get; init; }

    /// <summary>Its descriptor 1; null is /dev/null.</summary>
    public SafeHandle? StandardOutput { get; init; }

    /// <summary>Its descriptor 2; null is /dev/null.</summary>
    public SafeHandle? StandardError { get; init; }

    /// <summary>A terminal's path that becomes its descriptors 0, 1 and 2 and its controlling terminal; then the three above are not
    /// used.</summary>
    public string? TerminalPath { get; init; }

    /// <summary>One more descriptor it gets, as number 3; null for none. All others are closed.</summary>
    public SafeHandle? Inherited { get; init; }
}
