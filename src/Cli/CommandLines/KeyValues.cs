using Net.Linux.Terminals;

namespace Net.Cli.CommandLines;

/// <summary>Parses options of the form <c>KEY=VALUE</c>.</summary>
internal static class KeyValues
{
    /// <summary>The values by key. A word without an equals sign has an empty value; the last value of a key counts.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> words)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? word : word[..equals]] = equals < 0 ? "" : word[(equals + 1)..];
        }

        return map;
    }

    /// <summary>Labels by name. A word without an equals sign has an empty value; the last value of a name counts.</summary>
    /// <exception cref="FormatException">A word without a name.</exception>
    public static IReadOnlyDictionary<string, string> Labels(IReadOnlyList<string> words) =>
        words.FirstOrDefault(word => word.Length == 0 || word[0] == '=') is { } nameless
            ? throw new FormatException($"invalid label {TerminalText.Quote(nameless)}: empty name; write KEY=VALUE")
            : Of(words);

    /// <summary>Environment variables. A word without an equals sign takes the value from netctl's own environment, and is left out when it
    /// is not set there.</summary>
    /// <exception cref="FormatException">A word without a name.</exception>
    public static IReadOnlyList<string> Environment(IEnumerable<string> words) =>
        [.. words
            .Select(w => w.Length > 0 && w[0] != '='
                ? w
                : throw new FormatException(
                    $"invalid environment variable: \"{w}\"; write NAME=VALUE, or NAME for the value it has here"))
            .Select(w => w.Contains('=', StringComparison.Ordinal) ? w
                : System.Environment.GetEnvironmentVariable(w) is { } value ? $"{w}={value}" : "")
            .Where(w => w.Length > 0)];
}
