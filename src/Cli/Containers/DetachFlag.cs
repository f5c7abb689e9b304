using System.CommandLine;
using Net.Api.Streams;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The option <c>--detach-keys</c> of <c>run</c>, <c>exec</c> and <c>attach</c>.</summary>
internal sealed class DetachFlag
{
    private readonly Option<string?> _keys = Flags.One(
        "--detach-keys", null, "KEYS", $"Keys that leave a command with a terminal, which runs on; {DetachKeys.Default} when not given");

    public void AddTo(Command command) => command.Add(_keys);

    /// <summary>The keys.</summary>
    /// <exception cref="FormatException">They are not in Docker's syntax.</exception>
    public DetachKeys KeysOf(ParseResult parsed) => DetachKeys.Parse(parsed.GetValue(_keys));

    /// <summary>Says that the user has left the command, as Docker does for <c>exec</c> and <c>attach</c>.</summary>
    /// <returns>The exit code.</returns>
    public static int Left(VerbContext context)
    {
        context.Error.WriteLine("read escape sequence");
        return 1;
    }
}
