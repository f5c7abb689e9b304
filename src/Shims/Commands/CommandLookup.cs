using Net.Cnm.Errors;

namespace Net.Shims.Commands;

/// <summary>Finds the program that a command names, with the error messages that Docker has for it.</summary>
internal static class CommandLookup
{
    /// <summary>The PATH of a command whose environment has none; it is Docker's default.</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds a program.</summary>
    /// <param name="name">A name to look up in PATH, or a path: relative to the working directory when it does not begin with a
    /// slash.</param>
    /// <param name="environment">Each <c>KEY=VALUE</c>.</param>
    /// <param name="workingDirectory">An absolute path.</param>
    /// <returns>An absolute path.</returns>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable.</exception>
    internal static string Find(string name, IReadOnlyList<string> environment, string workingDirectory)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = Path.Combine(workingDirectory, name);
            return Refusal(path) switch
            {
                null => path,
                NotThere =>
                    throw new CnmException(
                        CnmErrorKind.CommandNotFound, $"exec: \"{name}\": stat {name}: {NotThere}; install it, or correct the path"),
                { } reason => throw new CnmException(CnmErrorKind.CommandNotExecutable, $"exec: \"{name}\": {reason}"),
            };
        }

        // Relative entries of PATH are skipped, as Go does: they would run a program of the working directory.
        return PathOf(environment).Split(':')
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(static path => Refusal(path) is null)
            ?? throw new CnmException(
                CnmErrorKind.CommandNotFound,
                $"exec: \"{name}\": executable file not found in $PATH; netctl runs programs of this host and has no images: install it, "
                    + "or give its whole path");
    }

    private const string NotThere = "no such file or directory";

    private static string PathOf(IReadOnlyList<string> environment) =>
        environment.LastOrDefault(static entry => entry.StartsWith("PATH=", StringComparison.Ordinal))?["PATH=".Length..] ?? DefaultPath;

    private static string? Refusal(string path)
    {
        if (Directory.Exists(path))
        {
            return "is a directory";
        }

        if (!File.Exists(path))
        {
            return NotThere;
        }

        return (File.GetUnixFileMode(path) & AnyExecute) == 0 ? "permission denied" : null;
    }
}
