using Net.Cnm.Errors;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>Turns the command of a request into that of the controller.</summary>
internal static class ProcessRequests
{
    /// <summary>Parses a command.</summary>
    /// <param name="command">The program and its arguments, at least the program.</param>
    /// <param name="environment">Variables, each <c>KEY=VALUE</c>; null for none.</param>
    /// <param name="workingDirectory">An absolute path; null or empty for <c>/</c>.</param>
    /// <param name="user"><c>USER</c> or <c>USER:GROUP</c>; null or empty for root.</param>
    /// <param name="terminal">Whether it gets a pseudo-terminal.</param>
    /// <param name="size">Rows and columns of the pseudo-terminal; null to leave them to a resize.</param>
    /// <param name="openInput">Whether its standard input is kept open for clients.</param>
    /// <exception cref="CnmException">InvalidParameter: a text with a NUL character, which ends every argument that execve(2) passes on; a
    /// variable without a name; a working directory that is relative.</exception>
    public static ProcessConfig Parse(
        IReadOnlyList<string> command, IReadOnlyList<string>? environment, string? workingDirectory, string? user,
        bool terminal, IReadOnlyList<ushort>? size, bool openInput) => new()
        {
            Command = [.. command.Select((word, i) => WithoutNul(word, $"word {i + 1} of the command"))],
            Environment = [.. (environment ?? []).Select(Variable)],
            WorkingDirectory = Directory(workingDirectory),
            User = string.IsNullOrEmpty(user) ? null : WithoutNul(user, "the user"),
            Terminal = terminal,
            TerminalSize = size is [var rows, var columns] ? new TerminalSize(rows, columns) : null,
            OpenStandardInput = openInput,
        };

    private static string Variable(string text) => text.Length > 0 && text[0] != '='
        ? WithoutNul(text, "an environment variable")
        : throw Invalid($"invalid environment variable: \"{text}\": it has no name; write NAME=VALUE");

    private static string Directory(string? path) =>
        string.IsNullOrEmpty(path) ? "/"
        : path[0] == '/' ? WithoutNul(path, "the working directory")
        : throw Invalid($"the working directory '{path}' is invalid, it needs to be an absolute path");

    private static string WithoutNul(string text, string what) => !text.Contains('\0', StringComparison.Ordinal)
        ? text
        : throw Invalid($"{what} has a NUL character (\\u0000), which no program can be given; leave it out");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
