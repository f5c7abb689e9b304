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
    /// <remarks>No text of a request has a NUL character, which would end an argument that execve(2) passes on
    /// (<see cref="BodyRules"/>).</remarks>
    /// <exception cref="CnmException">InvalidParameter: a variable without a name; a working directory that is relative.</exception>
    public static ProcessConfig Parse(
        IReadOnlyList<string> command, IReadOnlyList<string>? environment, string? workingDirectory, string? user,
        bool terminal, IReadOnlyList<ushort>? size, bool openInput) => new()
        {
            Command = [.. command],
            Environment = [.. (environment ?? []).Select(Variable)],
            WorkingDirectory = Directory(workingDirectory),
            User = string.IsNullOrEmpty(user) ? null : user,
            Terminal = terminal,
            TerminalSize = size is [var rows, var columns] ? new TerminalSize(rows, columns) : null,
            OpenStandardInput = openInput,
        };

    private static string Variable(string text) => text.Length > 0 && text[0] != '='
        ? text
        : throw Invalid($"invalid environment variable: \"{text}\": it has no name; write NAME=VALUE");

    private static string Directory(string? path) =>
        string.IsNullOrEmpty(path) ? "/"
        : path[0] == '/' ? path
        : throw Invalid($"the working directory '{path}' is invalid, it needs to be an absolute path");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
