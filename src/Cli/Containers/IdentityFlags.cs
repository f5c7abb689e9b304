using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options that say as whom and where a command runs.</summary>
internal sealed class IdentityFlags
{
    private readonly Option<string?> _directory = Flags.One(
        "--workdir", "-w", "DIR", "Working directory, an absolute path of the host");

    private readonly Option<string?> _user = Flags.One(
        "--user", "-u", "USER[:GROUP]", "User, and group, whose rights it has: names of the host or numbers");

    public void AddTo(Command command)
    {
        command.Add(_directory);
        command.Add(_user);
    }

    /// <summary>Whether any was given.</summary>
    public bool AreAskedFor(ParseResult parsed) => DirectoryOf(parsed) is not null || UserOf(parsed) is not null;

    /// <summary>The working directory; null when not given.</summary>
    public string? DirectoryOf(ParseResult parsed) => parsed.GetValue(_directory) is { Length: > 0 } directory ? directory : null;

    /// <summary>The user; null when not given.</summary>
    public string? UserOf(ParseResult parsed) => parsed.GetValue(_user) is { Length: > 0 } user ? user : null;
}
