namespace Net.Drivers.Options;

/// <summary>The rule by which one option is parsed.</summary>
/// <typeparam name="T">The type of the settings that the option is a part of.</typeparam>
/// <param name="Key">The option's key.</param>
/// <param name="Read">Returns the settings with the parsed value, or null when the value is invalid.</param>
/// <param name="Why">Returns the problem with an invalid value.</param>
/// <param name="Allowed">The allowed values.</param>
internal sealed record OptionRule<T>(string Key, Func<T, string, T?> Read, Func<string, string> Why, string Allowed)
    where T : class
{
    /// <summary>Parses options in the order of their keys and collects all problems.</summary>
    /// <param name="rules">The known options.</param>
    /// <param name="settings">The settings with their defaults.</param>
    /// <param name="text">The options as given; an unknown key is a problem.</param>
    /// <param name="problems">The list that problems are added to.</param>
    public static T Apply(
        IReadOnlyList<OptionRule<T>> rules, T settings, IReadOnlyDictionary<string, string> text, ICollection<OptionProblem> problems)
    {
        foreach ((string key, string value) in text.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            OptionRule<T>? rule = rules.FirstOrDefault(r => r.Key == key);
            if (rule is null)
            {
                problems.Add(new OptionProblem(key, value, "unknown option", string.Join(", ", rules.Select(r => r.Key))));
            }
            else if (rule.Read(settings, value) is { } read)
            {
                settings = read;
            }
            else
            {
                problems.Add(new OptionProblem(key, value, rule.Why(value), rule.Allowed));
            }
        }

        return settings;
    }
}
