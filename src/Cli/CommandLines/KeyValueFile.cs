using System.Text;
using Net.Linux.Terminals;

namespace Net.Cli.CommandLines;

/// <summary>Reads files of lines <c>KEY=VALUE</c>, as Docker's <c>--env-file</c> and <c>--label-file</c> take them: blank lines and those
/// that begin with # are comments, white space before a line is dropped, and everything behind the first equals sign belongs to the
/// value, quotes too.</summary>
internal static class KeyValueFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="what">What the file is, for messages: <c>env</c> or <c>label</c>.</param>
    /// <param name="lookUp">Gives the value of a line that is a key alone, or null to leave the line out; when this is null, such a line is
    /// returned as it is.</param>
    /// <exception cref="FormatException">The file cannot be read, or a line of it has no key. The message names file and line.</exception>
    public static IReadOnlyList<string> Read(string path, string what, Func<string, string?>? lookUp)
    {
        var lines = new List<string>();
        string[] all = Split(path, what);
        for (int i = 0; i < all.Length; i++)
        {
            string line = all[i].TrimStart(' ', '\t', '\f', '\v', '\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? line : line[..equals];
            if (key.Length == 0)
            {
                throw Invalid(path, what, $"line {i + 1}: no variable name on line {TerminalText.Quote(line)}; write KEY=VALUE");
            }

            if (key.Any(char.IsWhiteSpace))
            {
                throw Invalid(path, what, $"line {i + 1}: variable {TerminalText.Quote(key)} contains whitespaces; write KEY=VALUE");
            }

            if (equals >= 0 || lookUp is null)
            {
                lines.Add(line);
            }
            else if (lookUp(key) is { } value)
            {
                lines.Add($"{key}={value}");
            }
        }

        return lines;
    }

    private static string[] Split(string path, string what)
    {
        try
        {
            if (path.Length == 0)
            {
                throw Invalid(path, what, "no such file or directory; give its path");
            }

            string text = Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            return [.. text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line)];
        }
        catch (DecoderFallbackException error)
        {
            throw Invalid(path, what, $"it contains invalid utf8 bytes at byte {error.Index}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, what, error.Message, error);
        }
    }

    private static FormatException Invalid(string path, string what, string reason, Exception? cause = null) =>
        new($"invalid {what} file ({TerminalText.Quote(path)}): {reason}", cause);
}
