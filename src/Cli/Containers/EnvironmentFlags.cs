using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options of a command's environment variables.</summary>
internal sealed class EnvironmentFlags
{
    private readonly Option<string[]> _variables = Flags.Many(
        "--env", "-e", "KEY[=VALUE]", "Environment variable; without a value, the one it has here");

    private readonly Option<string[]> _files = Flags.Many(
        "--env-file", null, "FILE", "File of environment variables, a line each, and comments that begin with #");

    public void AddTo(Command command)
    {
        command.Add(_variables);
        command.Add(_files);
    }

    /// <summary>Whether any was given.</summary>
    public bool AreAskedFor(ParseResult parsed) =>
        parsed.GetValue(_variables) is { Length: > 0 } || parsed.GetValue(_files) is { Length: > 0 };

    /// <summary>The variables, each <c>KEY=VALUE</c>: first those of the files, so that those of the command line count.</summary>
    /// <exception cref="FormatException">A variable without a name, or a file that cannot be read.</exception>
    public IReadOnlyList<string> Of(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_files) ?? []).SelectMany(file => KeyValueFile.Read(file, "env", Environment.GetEnvironmentVariable)),
        .. KeyValues.Environment(parsed.GetValue(_variables)!),
    ];
}
