namespace Net.Cli.Networks;

/// <summary>Parses the values of <c>--filter</c>, each <c>NAME=VALUE</c>.</summary>
internal static class FilterWords
{
    /// <summary>The values by name.</summary>
    /// <param name="words">The values as given.</param>
    /// <param name="known">The names that there are.</param>
    /// <exception cref="FormatException">A word without a value, or with another name.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Parse(IEnumerable<string> words, IReadOnlyList<string> known)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word : word[..equals];
            if (equals < 0 || !known.Contains(name))
            {
                throw new FormatException(
                    $"invalid filter \"{word}\": a filter is NAME=VALUE with one of the names {string.Join(", ", known)}");
            }

            filters[name] = [.. filters.GetValueOrDefault(name) ?? [], word[(equals + 1)..]];
        }

        return filters;
    }
}
